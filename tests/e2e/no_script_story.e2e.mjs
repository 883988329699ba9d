// 鶴岡's story once more, from the notice to the 支援決定, in browsers that run no scripts.
process.env.KASANE_NO_SCRIPT = "1";
await import("./story_tsuruoka.e2e.mjs");
