import { expect, test } from 'vitest'
import { deviceMemory } from './device-memory.ts'

const REFUSING = () => {
  throw new DOMException('denied', 'SecurityError')
}

test.each([
  ['no storage', () => null],
  ['a storage that refuses', REFUSING],
])(
  '[UI30] with %s a choice holds until the page is closed, and whoever shows it is told',
  (_, storage) => {
    const memory = deviceMemory(storage)
    let told = 0
    const end = memory.subscribe(() => told++)
    expect(memory.get('rail')).toBeNull()
    memory.set('rail', 'icons')
    expect([memory.get('rail'), told]).toEqual(['icons', 1])
    memory.set('rail', null)
    end()
    memory.set('rail', 'open')
    expect(told).toBe(2)
  },
)

test('[UI30] a choice comes back with the next visit', () => {
  localStorage.clear()
  deviceMemory(() => localStorage).set('rail', 'icons')
  expect(localStorage.getItem('parcurs.rail')).toBe('icons')
  expect(deviceMemory(() => localStorage).get('rail')).toBe('icons')
})
