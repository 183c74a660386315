import { expect, test } from 'vitest'
import { matching } from './command-search.ts'

const items = ['Touchpoints', 'Checkout', 'Σημεία επαφής', '客户'].map((text) => ({
  text,
  group: 'Go',
}))
const found = (typed: string) => matching(items, typed).map(({ text }) => text)

test('[UI13] every typed word must be found, accents and case aside', () => {
  expect(found('out')).toEqual(['Checkout'])
  expect(found('ΣΗΜΕΙΑ')).toEqual(['Σημεία επαφής'])
  expect(found('户')).toEqual(['客户'])
  expect(found('check go')).toEqual(['Checkout'])
  expect(found('nothing')).toEqual([])
  expect(found(' ')).toHaveLength(4)
})

test('[UI13] what begins with the typed text comes first', () => {
  expect(found('che')[0]).toBe('Checkout')
})
