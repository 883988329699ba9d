// 鶴岡's story once more, from the notice to the 支援決定, by keyboard alone: every control is reached by Tab.
process.env.KASANE_KEYS = "1";
await import("./story_tsuruoka.e2e.mjs");
