import { fireEvent } from '@testing-library/react'
import { expect, test } from 'vitest'
import { earlyText } from './early-keys.tsx'

test('[UI62] what is typed before the command menu is there is kept, in order', () => {
  const early = earlyText()
  const end = early.listen()
  for (const key of ['p', 'x', 'Backspace', 'a', 'Shift', 'y']) {
    fireEvent.keyDown(document.body, { key })
  }
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
  end()
  fireEvent.keyDown(document.body, { key: 'z' })
  expect(early.text()).toBe('pay')
  early.forget()
  expect(early.text()).toBe('')
})
