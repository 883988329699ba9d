// Pure parts of following a sitting: how long to wait, what the timer says.

const longest_wait = 30_000;
const first_wait = 2_000;

/** How long to wait before the nth try again, in milliseconds; n from 0. */
export function wait_before(tries: number): number {
  return Math.min(longest_wait, first_wait * 2 ** Math.min(tries, 10));
}

/** "12分たちました（予定 15分）"; past the planned time it says so. Minutes. */
export function timer_words(passed: number, planned: number): string {
  if (planned <= 0) return `${passed}分たちました`;
  const over = passed - planned;
  return over > 0 ? `${passed}分たちました（予定の${planned}分を${over}分すぎています）` : `${passed}分たちました（予定 ${planned}分）`;
}
