import { cleanup, fireEvent, render } from '@testing-library/react'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { speakEverything } from '../languages/every-word.ts'
import { NumberField } from './number-field.tsx'

beforeAll(() => speakEverything('en'))
afterEach(cleanup)

test('[UI73] a number is cleared and typed anew; while there is none it says so and the one before holds', () => {
  const changes: number[] = []
  const { getByLabelText, queryByText } = render(
    <NumberField
      label="Days"
      value={14}
      least={1}
      most={366}
      whole
      onChange={(value) => changes.push(value)}
    />,
  )
  const type = (value: string) => fireEvent.change(getByLabelText('Days'), { target: { value } })
  type('')
  expect(getByLabelText('Days')).toHaveProperty('value', '')
  expect(queryByText('A whole number from 1 to 366.')).not.toBeNull()
  type('0')
  type('3')
  type('30')
  expect(changes).toEqual([3, 30])
  expect(queryByText('A whole number from 1 to 366.')).toBeNull()
})
