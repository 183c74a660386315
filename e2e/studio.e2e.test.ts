import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Installation, installation } from './screens/browser.ts'

// apps/web SPEC.md, "Drawing": [ST3], [ST4], [ST6] in a real browser, against a real server.

let shop: Installation
/** The machine of the checks is slow and busy: what is waited for gets its time. */
const soon = { timeout: 20_000 }

beforeAll(async () => {
  shop = await installation('on')
})
afterAll(() => shop.close())

const at = (page: Page, place: string) => page.locator(`[data-place="${place}"]`)
const saved = (page: Page) => page.getByText('Saved', { exact: true }).waitFor(soon)

async function drawing(): Promise<Page> {
  const { page } = await shop.page()
  await page.goto('/w/demo?edit=true')
  await page.getByRole('grid').waitFor(soon)
  return page
}

test('[ST6] drawn from the keyboard, seen by another, read under the numbers', async () => {
  const ann = await drawing()
  const bob = await drawing()
  await ann.getByRole('button', { name: 'Add lane' }).press('Enter')
  await ann.getByRole('button', { name: 'Pains' }).press('Enter')
  await at(ann, '2:0').focus()
  await ann.keyboard.type('Never sees the ad')
  await ann.keyboard.press('Tab')
  await ann.keyboard.type('Too many mails')
  await ann.keyboard.press('Enter')
  // The last step, named; Tab makes the next one.
  await at(ann, '1:0').focus()
  await ann.keyboard.press('End')
  await ann.keyboard.press('F2')
  await ann.keyboard.press('Tab')
  await ann.keyboard.type('Comes back')
  await ann.keyboard.press('Enter')
  await saved(ann)
  await bob.getByText('Too many mails').waitFor(soon)
  await bob.getByText('Comes back').waitFor(soon)
  // Numbers stand beside what is drawn.
  await ann.getByText('Money at risk').first().waitFor(soon)

  // Alt and arrows move a step, Ctrl+Z takes back one's own gesture alone.
  await at(bob, '1:0').focus()
  const first = await at(bob, '1:0').innerText()
  await bob.keyboard.press('Alt+ArrowRight')
  await expect.poll(() => at(bob, '1:1').innerText(), soon).toBe(first)
  await expect.poll(() => at(ann, '1:1').innerText(), soon).toBe(first)
  await bob.keyboard.press('Control+z')
  await expect.poll(() => at(ann, '1:0').innerText(), soon).toBe(first)
  await ann.getByText('Too many mails').first().waitFor()

  await ann.getByRole('button', { name: 'Done' }).click()
  const written = ann.getByRole('table', { name: 'Written on the map' })
  await written.getByText('Too many mails').waitFor(soon)
  await written.getByText('Never sees the ad').waitFor(soon)
})

test('[ST3] [ST4] drawn offline and kept; who loses to a deletion is told with the words', async () => {
  const ann = await drawing()
  const bob = await drawing()
  const last = (await at(ann, '0:0').innerText()).trim()
  await ann.context().setOffline(true)
  await at(ann, '0:0').focus()
  await ann.keyboard.press('F2')
  await ann.keyboard.press('End')
  await ann.keyboard.type(' and more')
  await ann.keyboard.press('Enter')
  await ann.getByText('Offline: 1 change kept on this device').waitFor(soon)
  await at(bob, '0:0').focus()
  await bob.keyboard.press('Delete')
  await saved(bob)
  await ann.context().setOffline(false)
  await ann.getByRole('alert').getByText(`${last} and more`).waitFor(soon)
  await ann.getByRole('button', { name: 'Put away' }).click()
  await bob.keyboard.press('Control+z')
  await expect.poll(async () => (await at(ann, '0:0').innerText()).trim(), soon).toBe(last)
})
