import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEdit, replayed } from './apply-edit.ts'
import {
  doEdit,
  type EditingSession,
  type LoggedEdit,
  openSession,
  receive,
  redoEdit,
  refuseEdit,
  undoEdit,
} from './editing-session.ts'
import { type MapChange, reversed } from './map-change.ts'
import type { MapDocument } from './map-document.ts'
import { changesOf, type DrawnGesture, orphansOf, SMALL_DOCUMENT } from './map-document.fixture.ts'
import { mapDifference } from './map-difference.ts'

// SPEC.md, "Map document": what holds whoever edits what, and whatever gets lost on the way.

// Thousands by hand; what was found by them is in apply-edit.test.ts.
const RUNS = 250

type Happening =
  | { readonly kind: 'gesture'; readonly who: number; readonly gesture: DrawnGesture }
  | {
      readonly kind: 'undo' | 'redo' | 'send' | 'receive' | 'send-unanswered'
      readonly who: number
    }

const drawnGesture: fc.Arbitrary<DrawnGesture> = fc.record({
  what: fc.constantFrom('put', 'put', 'put', 'text', 'text', 'name', 'move', 'cut', 'list', 'both'),
  table: fc.constantFrom(
    'stages',
    'lanes',
    'steps',
    'steps',
    'cards',
    'cards',
    'comments',
    'replies',
  ),
  pick: fc.nat(20),
  place: fc.nat(20),
  text: fc.constantFrom('', 'a', 'slow', 'slow checkout', 'быстро', '😀😁', '😀😂', 'a long\nnote'),
})

const who = fc.nat(2)
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('gesture'), who, gesture: drawnGesture }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('undo', 'redo', 'send', 'receive', 'send-unanswered'),
      who,
    }),
  },
)

/** The map's log as the server keeps it: each edit once, in one order, decided against the document of now. */
class Log {
  document: MapDocument
  readonly entries: LoggedEdit[] = []
  readonly refused = new Map<string, Parameters<typeof refuseEdit>[2]>()

  constructor(document: MapDocument) {
    this.document = document
  }

  take({ client, pending }: EditingSession): void {
    for (const edit of pending) {
      const known = this.entries.some((one) => one.client === client && one.seq === edit.seq)
      if (known || this.refused.has(`${client}/${edit.seq}`)) continue
      const applied = applyEdit(this.document, edit)
      if (!applied.ok) {
        this.refused.set(`${client}/${edit.seq}`, applied.code)
        continue
      }
      this.document = applied.document
      const version = this.entries.length + 1
      this.entries.push({ version, client, seq: edit.seq, done: applied.done })
    }
  }

  /** What the answer to a sending says. */
  answered(session: EditingSession): EditingSession {
    let told = receive(session, this.entries)
    for (const { seq } of told.pending) {
      const code = this.refused.get(`${told.client}/${seq}`)
      if (code !== undefined) told = refuseEdit(told, seq, code)
    }
    return told
  }
}

function live(happenings: readonly Happening[]) {
  const log = new Log(SMALL_DOCUMENT)
  const sessions = ['ann', 'bob', 'cid'].map((name) => openSession(name, SMALL_DOCUMENT, 0))
  const change = (who: number, next: (session: EditingSession) => EditingSession) => {
    const session = sessions[who]
    if (session !== undefined) sessions[who] = next(session)
  }
  for (const [i, one] of happenings.entries()) {
    change(one.who, (session) => {
      switch (one.kind) {
        case 'gesture':
          return doEdit(session, changesOf(session.view, one.gesture, `${session.client}${i}`))
        case 'undo':
          return undoEdit(session)
        case 'redo':
          return redoEdit(session)
        case 'receive':
          return receive(session, log.entries)
        case 'send':
          log.take(session)
          return log.answered(session)
        case 'send-unanswered':
          log.take(session)
          return session
      }
    })
  }
  return { log, sessions, change }
}

test('[MD4] three people, offline for as long as they like, answers lost: all end with one document, nothing stands in nothing', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
      const { log, sessions, change } = live(happenings)
      for (const who of [0, 1, 2]) {
        change(who, (session) => {
          log.take(session)
          return session
        })
      }
      for (const who of [0, 1, 2]) change(who, (session) => log.answered(session))
      for (const session of sessions) {
        expect(session.pending).toEqual([])
        expect(session.view).toEqual(log.document)
      }
      expect(orphansOf(log.document)).toEqual([])
      // The log is the history: forwards from the start, backwards from the end.
      const done = log.entries.flatMap((entry) => entry.done)
      expect(replayed(SMALL_DOCUMENT, done)).toEqual(log.document)
      expect(replayed(log.document, reversed(done))).toEqual(SMALL_DOCUMENT)
      // Nothing is counted twice.
      const keys = log.entries.map(({ client, seq }) => `${client}/${seq}`)
      expect(new Set(keys).size).toBe(keys.length)
    }),
    { numRuns: RUNS },
  )
})

test('[MD5] as many undos as gestures give the document of the beginning, as many redos that of the end', () => {
  fc.assert(
    fc.property(fc.array(drawnGesture, { maxLength: 30 }), (gestures) => {
      let session = openSession('ann', SMALL_DOCUMENT, 0)
      for (const [i, gesture] of gestures.entries()) {
        session = doEdit(session, changesOf(session.view, gesture, `g${i}`))
      }
      const { view: end } = session
      const gesturesMade = session.undo.length
      for (let i = 0; i < gesturesMade; i++) session = undoEdit(session)
      expect(session.view).toEqual(SMALL_DOCUMENT)
      for (let i = 0; i < gesturesMade; i++) session = redoEdit(session)
      expect(session.view).toEqual(end)
    }),
    { numRuns: RUNS },
  )
})

test('[MD5] an undo takes nothing of what others wrote since', () => {
  fc.assert(
    fc.property(
      fc.array(drawnGesture, { minLength: 1, maxLength: 8 }),
      fc.array(drawnGesture, { minLength: 1, maxLength: 8 }),
      (mine, theirs) => {
        const log = new Log(SMALL_DOCUMENT)
        let ann = openSession('ann', SMALL_DOCUMENT, 0)
        for (const [i, gesture] of mine.entries()) {
          ann = doEdit(ann, changesOf(ann.view, gesture, `ann${i}`))
        }
        log.take(ann)
        ann = log.answered(ann)
        let bob = receive(openSession('bob', SMALL_DOCUMENT, 0), log.entries)
        for (const [i, gesture] of theirs.entries()) {
          bob = doEdit(bob, changesOf(bob.view, gesture, `bob${i}`))
        }
        log.take(bob)
        ann = log.answered(receive(ann, log.entries))
        const before = ann.view
        while (ann.undo.length > 0) ann = undoEdit(ann)
        const taken = log.entries
          .filter(({ client }) => client === 'bob')
          .flatMap(({ done }) => done.filter(({ from, to }) => from === null && to !== null))
          .filter(({ table, id }) => id in before[table] && !(id in ann.view[table]))
        expect(taken).toEqual([])
      },
    ),
    { numRuns: RUNS },
  )
})

test('[MD6] the difference of two documents leads from the one to the other, and is reversed', () => {
  const document = fc.array(drawnGesture, { maxLength: 25 }).map((gestures) => {
    let made: MapDocument = SMALL_DOCUMENT
    for (const [i, gesture] of gestures.entries()) {
      const changes = changesOf(made, gesture, `d${i % 10}`)
      const applied = applyEdit(made, { changes, careful: false })
      if (applied.ok) made = applied.document
    }
    return made
  })
  fc.assert(
    fc.property(document, document, (a, b) => {
      const changes: readonly MapChange[] = mapDifference(a, b)
      const applied = applyEdit(a, { changes, careful: false })
      expect(applied.ok && applied.document).toEqual(b)
      if (applied.ok) expect(replayed(b, reversed(applied.done))).toEqual(a)
      expect(mapDifference(b, b)).toEqual([])
    }),
    { numRuns: RUNS },
  )
})
