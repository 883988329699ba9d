// Reads dates as people type them, only to show beside the box what was understood. The server decides.

export interface TypedDate {
  year: number;
  month?: number;
  day?: number;
}

interface Era {
  name: string;
  letter: string;
  from: number; // yyyymmdd of its first day
}

const eras: readonly Era[] = [
  { name: "令和", letter: "r", from: 20190501 },
  { name: "平成", letter: "h", from: 19890108 },
  { name: "昭和", letter: "s", from: 19261225 },
  { name: "大正", letter: "t", from: 19120730 },
  { name: "明治", letter: "m", from: 18680125 },
];

const number_of = (date: TypedDate): number => date.year * 10000 + (date.month ?? 7) * 100 + (date.day ?? 2);

function exists(date: TypedDate): boolean {
  if (date.year < 1000 || date.year > 9999) return false;
  if (date.month === undefined) return date.day === undefined;
  if (date.month < 1 || date.month > 12) return false;
  if (date.day === undefined) return true;
  const day = new Date(Date.UTC(date.year, date.month - 1, date.day));
  return day.getUTCMonth() === date.month - 1 && day.getUTCDate() === date.day;
}

/** Only the first and last day of an era are doubtful; whole years at its edges are not. */
function in_era(date: TypedDate, era: Era): boolean {
  if (date.day === undefined) return true;
  const later = eras[eras.indexOf(era) - 1];
  return number_of(date) >= era.from && (later === undefined || number_of(date) < later.from);
}

function year_of(era: Era, typed: string): number {
  return Math.floor(era.from / 10000) + (typed === "元" ? 1 : Number(typed)) - 1;
}

/** What was typed as a date; null when it is none, or none of that era. */
export function read_date(typed: string): TypedDate | null {
  const text = typed.normalize("NFKC").replace(/\s/g, "").replace(/[年月.\/\-−ー]/g, "/").replace(/日$/, "").replace(/\/$/, "").toLowerCase();
  const run_together = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const parts = run_together ?? /^(令和|平成|昭和|大正|明治|[rhstm])?(\d{1,4}|元)(?:\/(\d{1,2}))?(?:\/(\d{1,2}))?$/.exec(text);
  if (!parts) return null;
  const [era_text, year_text, month, day] = run_together ? [undefined, ...parts.slice(1)] : parts.slice(1);
  const era = eras.find((e) => e.name === era_text || e.letter === era_text);
  if (year_text === undefined || (!era && !/^\d{4}$/.test(year_text))) return null;
  const date: TypedDate = { year: era ? year_of(era, year_text) : Number(year_text) };
  if (month !== undefined) date.month = Number(month);
  if (day !== undefined) date.day = Number(day);
  if (!exists(date) || (era && !in_era(date, era))) return null;
  return date;
}

/** "令和8年11月22日（日）・2026年"; without day of the week where the day is not known. */
export function words_of(date: TypedDate): string {
  const era = eras.find((e) => number_of(date) >= e.from);
  const era_year = era ? date.year - Math.floor(era.from / 10000) + 1 : 0;
  let words = era ? `${era.name}${era_year === 1 ? "元" : era_year}年` : `${date.year}年`;
  if (date.month !== undefined) words += `${date.month}月`;
  if (date.month !== undefined && date.day !== undefined) {
    const weekday = new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay();
    words += `${date.day}日（${"日月火水木金土"[weekday]}）`;
  }
  return era ? `${words}・${date.year}年` : words;
}
