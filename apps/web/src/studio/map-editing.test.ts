import {
  applyEdit,
  EMPTY_DOCUMENT,
  type LoggedEdit,
  type MapDocument,
  MAP_ROW,
  setFields,
} from '@parcurs/domain'
import { expect, test } from 'vitest'
import { keptEdits } from './kept-edits.ts'
import { MapEditing, type MapServer, type SentAnswer } from './map-editing.ts'

/** A server of one map, in memory: each edit once, by client and number; it can be cut off before or behind its work. */
class Server {
  document: MapDocument = EMPTY_DOCUMENT
  readonly log: LoggedEdit[] = []
  away: 'no' | 'before' | 'behind' = 'no'

  get asked(): MapServer {
    const fails = () => {
      if (this.away === 'before') throw new Error('unreachable')
    }
    return {
      read: async () => {
        fails()
        return { document: this.document, version: this.log.length }
      },
      send: async (client, edits) => {
        fails()
        const answers = edits.map(({ seq, ...edit }): SentAnswer => {
          const known = this.log.find((one) => one.client === client && one.seq === seq)
          if (known !== undefined) return { seq, version: known.version }
          const applied = applyEdit(this.document, edit)
          if (!applied.ok) return { seq, refused: applied.code }
          this.document = applied.document
          const version = this.log.length + 1
          this.log.push({ version, client, seq, done: applied.done })
          return { seq, version }
        })
        if (this.away === 'behind') throw new Error('unreachable')
        return { answers }
      },
      editsAfter: async (version) => {
        fails()
        return { version: this.log.length, edits: this.log.slice(version) }
      },
    }
  }
}

const nameOf = ({ map }: MapDocument) => map[MAP_ROW]?.name
const kept = () => keptEdits(() => localStorage, 'demo.shop')
const rename = (editing: MapEditing, name: string) =>
  editing.do(setFields(editing.now.session.view, 'map', MAP_ROW, { name }))

test('[ST3] what is done shows at once, is kept on the device while the server is away, and is sent once', async () => {
  localStorage.clear()
  const server = new Server()
  const editing = await MapEditing.open(server.asked, kept(), 'window-1')
  server.away = 'before'
  rename(editing, 'Offline')
  await editing.sync()
  expect(editing.now.error?.message).toBe('unreachable')
  expect(nameOf(editing.now.session.view)).toBe('Offline')
  expect(kept().read()).toHaveLength(1)
  // The answer is lost on its way back: the edit is sent again and not done again.
  server.away = 'behind'
  await editing.sync()
  server.away = 'no'
  await editing.sync()
  expect(editing.now).toMatchObject({ error: null, session: { pending: [], version: 1 } })
  expect([nameOf(server.document), server.log.length]).toEqual(['Offline', 1])
  expect(kept().read()).toEqual([])
})

test('[ST3] what a closed window could not send is sent by the next one', async () => {
  localStorage.clear()
  const server = new Server()
  const closed = await MapEditing.open(server.asked, kept(), 'window-1')
  server.away = 'before'
  rename(closed, 'Kept')
  await closed.sync()
  server.away = 'no'
  const next = await MapEditing.open(server.asked, kept(), 'window-2')
  expect(nameOf(next.now.session.view)).toBe('Kept')
  expect(kept().read()).toEqual([])
})

test('[ST4] two windows come to one map; what is lost to a deletion is told until it is put away', async () => {
  localStorage.clear()
  const server = new Server()
  const ann = await MapEditing.open(server.asked, kept(), 'window-1')
  ann.do([{ table: 'stages', id: 's', from: null, to: { rank: 'a0', name: 'Look' } }])
  await ann.sync()
  const bob = await MapEditing.open(server.asked, kept(), 'window-2')
  bob.do([{ table: 'stages', id: 's', from: {}, to: null }])
  await bob.sync()
  ann.do(setFields(ann.now.session.view, 'stages', 's', { note: 'A long thought' }))
  await ann.sync()
  expect(ann.now.session.view).toEqual(bob.now.session.view)
  expect(ann.now.lost).toMatchObject([{ code: 'row-gone' }])
  ann.putAway()
  expect(ann.now.lost).toEqual([])
})

test('[ST5] undo and redo are this window’s own', async () => {
  localStorage.clear()
  const server = new Server()
  const ann = await MapEditing.open(server.asked, kept(), 'window-1')
  rename(ann, 'First')
  rename(ann, 'Second')
  ann.undo()
  await ann.sync()
  expect(nameOf(server.document)).toBe('First')
  ann.redo()
  await ann.sync()
  expect(nameOf(server.document)).toBe('Second')
})
