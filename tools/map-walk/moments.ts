// As `Moments`: lists of what moves with `now` alone, which grow.
import { at8, room } from './memory'
import { dues, fromMs, keptUntilMs, NEVER, nowMs, openEntries, windowMs } from './plan'
import { inPeriod, visitTime } from './visits'

/** Room for one more at the end of a list of `place, held, most`. */
function more(list: usize, width: usize): usize {
  const held = load<u32>(list, 4)
  const most = load<u32>(list, 8)
  let place = <usize>load<u32>(list)
  if (held == most) {
    const grown = room(<usize>max<u32>(16, most * 2) * width)
    memory.copy(grown, place, <usize>held * width)
    store<u32>(list, <u32>grown)
    store<u32>(list, max<u32>(16, most * 2), 8)
    place = grown
  }
  store<u32>(list, held + 1, 4)
  return place + <usize>held * width
}

/** The first visit of an entrant who has not reached the goal and still may. */
export function addOpen(entry: i64): void {
  if (keptUntilMs != NEVER) store<f64>(more(openEntries, 8), <f64>entry)
}

/** Notes the first visit of the period whose window ends after `now`, if that is soon enough to be asked for. */
export function addDue(key: u64): void {
  if (keptUntilMs == NEVER) return
  const overMs = windowMs + 1
  let v = inPeriod - 1
  if (load<i64>(at8(visitTime, v)) + overMs <= nowMs) return
  while (v > 0 && load<i64>(at8(visitTime, v - 1)) + overMs > nowMs) v--
  const dueMs = load<i64>(at8(visitTime, v)) + overMs
  if (dueMs > keptUntilMs) return
  const due = more(dues, 16)
  store<u64>(due, key)
  store<f64>(due, <f64>(dueMs + fromMs), 8)
}
