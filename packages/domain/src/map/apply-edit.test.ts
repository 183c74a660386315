import { expect, test } from 'vitest'
import { applyEdit, applyEdits, type EditRefusal, MOST_ROWS } from './apply-edit.ts'
import { doEdit, openSession, receive, refuseEdit, undoEdit } from './editing-session.ts'
import { type MapChange, reversed } from './map-change.ts'
import { MAP_ROW, type MapDocument, type MapTable, type Row, wholeRow } from './map-document.ts'
import { SMALL_DOCUMENT } from './map-document.fixture.ts'

// SPEC.md, "Map document": what one edit means for a document that moved on since its author saw it.

const set = (table: MapTable, id: string, from: Row, to: Row): MapChange => ({
  table,
  id,
  from,
  to,
})
const put = (table: MapTable, id: string, to: Row): MapChange => ({ table, id, from: null, to })
const cut = (table: MapTable, id: string): MapChange => ({ table, id, from: {}, to: null })

function edited(document: MapDocument, ...changes: readonly MapChange[]): MapDocument {
  const applied = applyEdit(document, { changes, careful: false })
  if (!applied.ok) throw new Error(`refused: ${applied.code}`)
  return applied.document
}

const renamedByOthers = edited(
  SMALL_DOCUMENT,
  set('steps', 'pay', { name: 'Pay' }, { name: 'Payment' }),
)

test('[MD1] of two who set one field the later wins; what each set beside it stays', () => {
  const moved = edited(renamedByOthers, set('steps', 'pay', { stage: 'buy' }, { stage: 'look' }))
  expect(moved.steps['pay']).toMatchObject({ name: 'Payment', stage: 'look' })
  const again = edited(renamedByOthers, set('steps', 'pay', { name: 'Pay' }, { name: 'Checkout' }))
  expect(again.steps['pay']).toMatchObject({ name: 'Checkout' })
})

test('[MD1] what is done tells what really stood there, so that it is reversed by swapping', () => {
  const change = set('steps', 'pay', { name: 'Pay' }, { name: 'Checkout' })
  const applied = applyEdit(renamedByOthers, { changes: [change], careful: false })
  expect(applied).toMatchObject({ done: [{ from: { name: 'Payment' }, to: { name: 'Checkout' } }] })
  const back = applied.ok ? edited(applied.document, ...reversed(applied.done)) : null
  expect(back).toEqual(renamedByOthers)
})

test('[MD1] a field that was not looked at is set whatever it was, one that already is so is no change', () => {
  const changes = [set('map', MAP_ROW, {}, { windowDays: 14 })]
  expect(applyEdit(SMALL_DOCUMENT, { changes, careful: false })).toMatchObject({
    done: [{ from: { windowDays: 30 }, to: { windowDays: 14 } }],
  })
  const same = [set('map', MAP_ROW, {}, { windowDays: 30 })]
  expect(applyEdit(SMALL_DOCUMENT, { changes: same, careful: false })).toMatchObject({ done: [] })
})

test('[MD2] prose that two people write is merged, and lists to which both add', () => {
  const theirs = edited(
    SMALL_DOCUMENT,
    set('cards', 'c1', { text: 'Slow page' }, { text: 'Very slow page' }),
    set('steps', 'see', { touchpointIds: ['t1'] }, { touchpointIds: ['t1', 't3'] }),
  )
  const both = edited(
    theirs,
    set('cards', 'c1', { text: 'Slow page' }, { text: 'Slow page!' }),
    set('steps', 'see', { touchpointIds: ['t1'] }, { touchpointIds: ['t4'] }),
  )
  expect(both.cards['c1']).toMatchObject({ text: 'Very slow page!' })
  expect(both.steps['see']).toMatchObject({ touchpointIds: ['t3', 't4'] })
})

test('[MD3] what is cut takes along what stands in it; its reverse brings all of it back', () => {
  const applied = applyEdit(SMALL_DOCUMENT, { changes: [cut('stages', 'buy')], careful: false })
  if (!applied.ok) throw new Error(applied.code)
  expect(Object.keys(applied.document.steps)).toEqual(['see'])
  expect(Object.keys(applied.document.cards)).toEqual(['c1', 'inbox'])
  expect(applied.document.comments).toEqual({})
  expect(applied.document.replies).toEqual({})
  expect(edited(applied.document, ...reversed(applied.done))).toEqual(SMALL_DOCUMENT)
  // Twice is once.
  const again = applyEdit(applied.document, { changes: [cut('stages', 'buy')], careful: false })
  expect(again).toMatchObject({ ok: true, done: [] })
})

const full: MapDocument = {
  ...SMALL_DOCUMENT,
  stages: Object.fromEntries(
    Array.from({ length: MOST_ROWS.stages }, (_, i) => [`s${i}`, wholeRow('stages', {})]),
  ),
  steps: {},
  cards: {},
  comments: {},
  replies: {},
}

test.each<[EditRefusal, MapDocument, MapChange]>([
  ['row-gone', SMALL_DOCUMENT, set('steps', 'gone', {}, { name: 'X' })],
  ['parent-gone', SMALL_DOCUMENT, put('cards', 'new', { step: 'gone' })],
  ['parent-gone', SMALL_DOCUMENT, put('steps', 'new', { name: 'In no stage' })],
  ['parent-gone', SMALL_DOCUMENT, set('steps', 'pay', {}, { stage: 'constructor' })],
  ['row-gone', SMALL_DOCUMENT, set('steps', 'constructor', {}, { name: 'X' })],
  ['id-taken', SMALL_DOCUMENT, put('lanes', 'feel', { title: 'Again' })],
  ['too-many-rows', full, put('stages', 'one-more', {})],
  ['map-row-stays', SMALL_DOCUMENT, cut('map', MAP_ROW)],
  ['map-row-stays', SMALL_DOCUMENT, set('map', 'second', {}, { name: 'X' })],
])('[MD3] refused whole: %s', (code, document, change) => {
  const good = set('map', MAP_ROW, {}, { name: 'Changed' })
  const edit = { changes: [good, change], careful: false }
  expect(applyEdit(document, edit)).toMatchObject({ ok: false, code, change })
  expect(applyEdits(document, [edit])).toEqual(document)
})

test('[MD5] an undo gives way: a field that somebody else set since, a row that somebody wrote in', () => {
  const name = set('steps', 'pay', { name: 'Pay' }, { name: 'Mine' })
  let ann = doEdit(openSession('ann', SMALL_DOCUMENT, 0), [name])
  ann = receive(ann, [
    { version: 1, client: 'ann', seq: 1, done: [name] },
    {
      version: 2,
      client: 'bob',
      seq: 1,
      done: [set('steps', 'pay', { name: 'Mine' }, { name: 'Bob’s' })],
    },
  ])
  expect(undoEdit(ann).view.steps['pay']).toMatchObject({ name: 'Bob’s' })

  const step = put('steps', 'new', wholeRow('steps', { stage: 'buy', rank: 'a9', name: 'New' }))
  let cid = doEdit(openSession('cid', SMALL_DOCUMENT, 0), [step])
  cid = receive(cid, [
    { version: 1, client: 'cid', seq: 1, done: [step] },
    {
      version: 2,
      client: 'bob',
      seq: 1,
      done: [put('cards', 'theirs', wholeRow('cards', { step: 'new', text: 'Theirs' }))],
    },
  ])
  expect(undoEdit(cid).view.steps).toHaveProperty('new')
})

test('[MD4] who loses to a deletion is told, with what was lost', () => {
  const text = set('cards', 'c2', { text: 'No card' }, { text: 'Only cash is taken' })
  let ann = doEdit(openSession('ann', SMALL_DOCUMENT, 0), [text])
  const gone = applyEdit(SMALL_DOCUMENT, { changes: [cut('steps', 'pay')], careful: false })
  if (!gone.ok) throw new Error(gone.code)
  ann = receive(ann, [{ version: 1, client: 'bob', seq: 1, done: gone.done }])
  expect(ann.view).toEqual(gone.document)
  ann = refuseEdit(ann, 1, 'row-gone')
  expect(ann).toMatchObject({ pending: [], undo: [], lost: [{ code: 'row-gone' }] })
  expect(ann.lost[0]?.edit.changes).toEqual([text])
})
