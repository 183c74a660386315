import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Installation, installation, violations } from './screens/browser.ts'

let shop: Installation

/** The machine of the checks is slow and busy: what is waited for gets its time. */
const soon = { timeout: 20_000 }

beforeAll(async () => {
  shop = await installation('on')
})
afterAll(() => shop.close())

const figure = (text: string | null) => Number((text ?? '').replaceAll(/\D/g, ''))

/** What the sentence means now, as the panel beside it says. */
async function counted(page: Page): Promise<number> {
  const panel = page.getByRole('complementary', { name: 'Whom it means now' })
  await expect.poll(() => panel.getAttribute('aria-busy'), soon).toBe('false')
  return figure(await panel.getByRole('status').textContent())
}

test('[UI51] [UI47] [UI48] a segment is made from an empty state by keyboard alone, and its size is seen', async () => {
  const { page, complaints } = await shop.page()
  await page.goto('/w/demo/segments')
  await page.getByRole('heading', { name: 'Good to begin with' }).waitFor()
  expect(await page.getByRole('list').filter({ hasText: 'Not seen for 30 days' }).count()).toBe(1)
  expect(await violations(page)).toEqual([])
  await page.getByRole('link', { name: 'New segment' }).focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('Name').waitFor()
  const everybody = await counted(page)
  await page.getByLabel('Name').focus()
  await page.keyboard.type('Buyers')
  // One Tab stop: undo and redo have nothing to do yet, so the next one is the sentence.
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('listbox').waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: 'Event or touchpoint' }).waitFor()
  await page.keyboard.type('order')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.getByRole('dialog').count(), soon).toBe(0)
  // The count follows the sentence after a rest.
  await expect.poll(() => counted(page), soon).not.toBe(everybody)
  const buyers = await counted(page)
  expect(buyers).toBeGreaterThan(0)
  expect(buyers).toBeLessThan(everybody)
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+Shift+z')
  await expect.poll(() => counted(page), soon).toBe(buyers)
  await page.getByRole('button', { name: 'Save' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Buyers' }).waitFor()
  const size = page.getByRole('region', { name: 'Size' })
  await size.getByText(/customers ·/).waitFor({ timeout: 120_000 })
  expect(
    figure((await size.getByText(/customers ·/).textContent())?.split('customers')[0] ?? ''),
  ).toBe(buyers)
  for (const view of ['customers', 'profile', 'overlap', 'history']) {
    await page.goto(`${new URL(page.url()).pathname}?view=${view}`)
    await page.getByRole('heading', { level: 1, name: 'Buyers' }).waitFor()
    await page.waitForLoadState('networkidle')
    expect([view, await violations(page)]).toEqual([view, []])
  }
  expect(complaints).toEqual([])
})

test('[UI49] the map is switched to a saved segment, and the customers list takes it', async () => {
  const { page } = await shop.page()
  await page.goto('/w/demo')
  await page.getByRole('button', { name: /^Customers Everybody/ }).click()
  await page.getByRole('option', { name: /^Buyers/ }).click()
  await page.getByRole('button', { name: /^Customers Buyers/ }).waitFor()
  expect(decodeURIComponent(page.url())).toContain('"of":"segment"')
  await page.goto('/w/demo/customers')
  await page.getByRole('button', { name: /^Customers Everybody/ }).click()
  await page.getByRole('option', { name: /^Buyers/ }).click()
  await page.getByRole('button', { name: 'Make a segment of these' }).waitFor()
})

test('[UI49] [UI57] the customers behind a step become a segment of exactly so many', async () => {
  const { page } = await shop.page()
  await page.goto('/w/demo?at=payment')
  const link = page.getByRole('link', { name: /Left here/ })
  const count = figure(await link.textContent())
  await link.click()
  await page.getByRole('button', { name: 'Make a segment of these' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Left at payment')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { level: 1, name: 'Left at payment' }).waitFor()
  await page.goto(`${new URL(page.url()).pathname}?view=customers`)
  await page.getByRole('grid').getByRole('link').first().waitFor()
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto('/w/demo/segments')
  await expect
    .poll(() => page.getByRole('row', { name: /Left at payment/ }).textContent(), soon)
    .toContain(count.toLocaleString('en'))
  // [UI57] One question for all of them, and none for each.
  expect(asked.filter((path) => path.endsWith('/segments/growth')).length).toBe(1)
  expect(asked.filter((path) => path.endsWith('/trend'))).toEqual([])
})

test('[UI55] [UI56] a list stays within its page, and what is a list is changed as one', async () => {
  for (const [locale, width] of [
    ['ru', 1024],
    ['el', 720],
    ['en', 390],
  ] as const) {
    const { page } = await shop.page({ locale, viewport: { width, height: 844 } })
    await page.goto('/w/demo/segments')
    await page.getByRole('grid').getByRole('link').first().waitFor()
    const over = await page.evaluate(
      () =>
        [...document.querySelectorAll('[role=grid], [role=gridcell], [role=columnheader]')].filter(
          (cell) => cell.getBoundingClientRect().right > innerWidth,
        ).length,
    )
    expect([locale, width, over]).toEqual([locale, width, 0])
    await page.context().close()
  }
  const { page } = await shop.page()
  await page.goto('/w/demo/segments')
  await page.getByRole('link', { name: 'Left at payment' }).click()
  await page.getByRole('link', { name: 'Change' }).click()
  await page.getByLabel('Take customers off').fill('nobody of that id')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('1 was not found: nobody of that id').waitFor()
  expect(await violations(page)).toEqual([])
})

test('[UI50] a segment that another one uses is not deleted without a word', async () => {
  const { page } = await shop.page()
  await page.goto('/w/demo/segments')
  await page.getByRole('link', { name: 'Buyers' }).click()
  await page.getByRole('heading', { level: 1, name: 'Buyers' }).waitFor()
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const rule = JSON.stringify({ kind: 'in', of: 'segment', id })
  await page.goto(`/w/demo/segments/new?name=Both&rule=${encodeURIComponent(rule)}`)
  await page.getByRole('button', { name: '“Buyers”' }).waitFor()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { level: 1, name: 'Both' }).waitFor()
  await page.goto(`/w/demo/segments/${id}`)
  await page.getByRole('button', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog')
  expect(await dialog.getByRole('alert').textContent()).toMatch(/^1 thing uses it/)
  await dialog.getByText('Both').waitFor()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('heading', { level: 1, name: 'Buyers' }).waitFor()
})
