import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Installation, installation } from './screens/browser.ts'

let shop: Installation

beforeAll(async () => {
  shop = await installation('on')
})
afterAll(() => shop.close())

const MAP = '/w/demo'

/** The machine of the checks is slow and busy: what is waited for gets its time. */
const soon = { timeout: 20_000 }

test('[UI20] the home shows where customers are, where they are lost and what it costs', async () => {
  const { page, asked, complaints } = await shop.page()
  await page.goto(MAP)
  const grid = page.getByRole('grid')
  await grid.waitFor()
  expect(await grid.getByRole('columnheader').count()).toBeGreaterThan(12)
  expect(await page.getByText('The three leaks that cost most').count()).toBe(1)
  expect(await page.getByRole('article').count()).toBe(3)
  expect(await page.getByText('Simulated data').isVisible()).toBe(true)
  expect(await grid.getByRole('row', { name: /Money at risk/ }).textContent()).toMatch(/€/)
  expect(asked.filter((url) => !url.startsWith(shop.origin))).toEqual([])
  expect(complaints).toEqual([])
})

test('[UI21] period and comparison change the numbers in place', async () => {
  const { page } = await shop.page()
  await page.goto(MAP)
  const customers = page.getByRole('row', { name: /^Customers/ }).getByRole('gridcell')
  await customers.first().waitFor()
  const before = await customers.allTextContents()
  await page.getByRole('button', { name: /^Period/ }).click()
  await page.getByRole('button', { name: 'Last 30 days' }).click()
  await expect.poll(() => customers.allTextContents(), soon).not.toEqual(before)
  expect(page.url()).toContain('period=30d')
  await page.getByRole('button', { name: /Compare with/ }).click()
  await page.getByRole('option', { name: 'the period before' }).click()
  await expect.poll(() => customers.first().textContent(), soon).toMatch(/%|same/)
  // The address brings the same map back.
  await page.reload()
  await expect.poll(() => customers.first().textContent(), soon).toMatch(/%|same/)
})

test('[UI10] the map is one Tab stop: arrows move, Enter opens, Esc closes and the focus comes back', async () => {
  const { page } = await shop.page()
  await page.goto(MAP)
  const grid = page.getByRole('grid')
  await grid.waitFor()
  expect(await grid.locator('[tabindex="0"]').count()).toBe(1)
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-place'))
  await grid.locator('[tabindex="0"]').focus()
  expect(await focused()).toBe('0:0')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  expect(await focused()).toBe('0:2')
  for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowDown')
  expect(await focused()).toBe('6:2')
  await page.keyboard.press('Enter')
  const panel = page.getByRole('complementary')
  await panel.waitFor()
  expect(await panel.getByRole('button', { expanded: true }).textContent()).toContain(
    'Money at risk',
  )
  expect(await panel.textContent()).toContain('the mean goal value')
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  await expect.poll(focused, soon).toBe('6:2')
})

test('[UI13] Ctrl+K reaches a step by a few letters; ? shows the shortcuts; 1 to 3 bring the map closer', async () => {
  const { page } = await shop.page()
  await page.goto(MAP)
  await page.getByRole('grid').waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('pays')
  await page.keyboard.press('Enter')
  await page.getByRole('complementary').waitFor()
  expect(await page.getByRole('complementary').getByRole('heading').first().textContent()).toBe(
    'Pays',
  )
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('size guid')
  await page.getByRole('option', { name: /Touchpoints/ }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('1')
  await expect.poll(() => page.getByRole('grid').getAttribute('data-zoom'), soon).toBe('stages')
})

test('[UI22] a leak proposes something that works now', async () => {
  const { page } = await shop.page()
  await page.goto(MAP)
  await page.getByRole('button', { name: /Show only device/ }).click()
  await expect.poll(() => page.url(), soon).toContain('segment')
  await expect
    .poll(() => page.getByRole('button', { name: /^Customers/ }).textContent(), soon)
    .toContain('device is “ios”')
  await page.goto(MAP)
  await page.getByRole('button', { name: /See the .* customers/ }).click()
  await page.getByRole('link', { name: /./ }).first().waitFor()
  await page.getByRole('grid').waitFor()
  expect(page.url()).toContain('state=left')
})

test('[UI23] behind a number stand its customers, and behind a customer the journey', async () => {
  const { page } = await shop.page()
  await page.goto(`${MAP}?at=payment`)
  const link = page.getByRole('link', { name: /Left here/ })
  const count = Number((await link.textContent())?.replaceAll(/\D/g, ''))
  await link.click()
  await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor()
  const lead = page.getByText(/^[\d,]+ customers$/)
  await lead.waitFor()
  expect(Number((await lead.textContent())?.replaceAll(/\D/g, ''))).toBe(count)
  await page.getByRole('grid').getByRole('link').first().click()
  await page
    .getByText(/^[\d,]+ events?$/)
    .first()
    .waitFor()
  expect(await page.getByRole('main').textContent()).toContain('Ids behind this customer')
})

test('[UI23] the lists behind a segment’s numbers are of that segment', async () => {
  const { page } = await shop.page()
  const segment = encodeURIComponent(
    JSON.stringify([{ property: 'device', op: 'eq', value: 'ios' }]),
  )
  await page.goto(`${MAP}?at=delivery`)
  const link = page.getByRole('link', { name: /Left here/ })
  const everybody = Number((await link.textContent())?.replaceAll(/\D/g, ''))
  await page.goto(`${MAP}?at=delivery&segment=${segment}`)
  const count = Number((await link.textContent())?.replaceAll(/\D/g, ''))
  expect(count).toBeGreaterThan(0)
  expect(count).toBeLessThan(everybody)
  await link.click()
  await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor()
  const lead = page.getByText(/^[\d,]+ customers$/)
  await lead.waitFor()
  expect(Number((await lead.textContent())?.replaceAll(/\D/g, ''))).toBe(count)
  expect(await page.getByRole('main').textContent()).toContain('device is “ios”')
})

test('[UI32] a step shows what customers answered, and says so when nobody did', async () => {
  const { page } = await shop.page()
  await page.goto(`${MAP}?at=delivery`)
  const said = page
    .getByRole('complementary')
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'What customers said' }) })
  const answers = said.getByRole('listitem')
  await answers.first().waitFor()
  expect(await answers.count()).toBe(5)
  expect(await answers.first().textContent()).toMatch(/\d of (5|7|10)/)
  await said.getByRole('button', { name: 'Show more answers' }).click()
  await expect.poll(() => answers.count(), soon).toBe(50)
  await answers.first().getByRole('link').click()
  await page.waitForURL(/customers\/\d+/)
  const nobody = encodeURIComponent(
    JSON.stringify([{ property: 'device', op: 'eq', value: 'none' }]),
  )
  await page.goto(`${MAP}?at=delivery&segment=${nobody}`)
  await page.getByText('None of the customers who fit your conditions answered here').waitFor()
})

test('[UI24] a phone reads the map as a story, stage by stage, without scrolling sideways', async () => {
  const { page } = await shop.page({
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  })
  await page.goto(MAP)
  await page.getByRole('heading', { level: 3, name: 'Awareness' }).waitFor()
  expect(await page.getByRole('grid').count()).toBe(0)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await page.getByRole('button', { name: /^Pays .*Moved on/ }).click()
  await page.getByRole('complementary').waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
})

test('[UI25] the language changes at once, numbers with it', async () => {
  const { page } = await shop.page({ locale: 'ru-RU' })
  await page.goto(MAP)
  await page.getByText('Три самые дорогие утечки').waitFor()
  const said = {
    English: 'The three leaks that cost most',
    Română: 'Cele trei pierderi care costă cel mai mult',
    Ελληνικά: 'Οι τρεις διαρροές που κοστίζουν περισσότερο',
    中文: '损失最大的三处流失',
  }
  for (const [name, text] of Object.entries(said)) {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill(name)
    await page.keyboard.press('Enter')
    await page.getByText(text).waitFor()
  }
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh')
  await page.reload()
  await page.getByText(said.中文).waitFor()
})

test('[UI61] [UI74] lanes are in sight on a small laptop, and no number reaches out of its cell', async () => {
  for (const locale of ['en', 'ru', 'el']) {
    const { page } = await shop.page({ locale, viewport: { width: 1366, height: 768 } })
    // The word about the password was put away.
    await page.addInitScript(() =>
      localStorage.setItem('parcurs.notice.password.owner@localhost', '1'),
    )
    await page.goto('/w/demo?compare=previous')
    const customers = page.getByRole('row').filter({ has: page.locator('[data-place="2:0"]') })
    await customers.waitFor()
    expect([locale, (await customers.boundingBox())?.y ?? 768]).toEqual([
      locale,
      expect.toSatisfy((y: number) => y < 768 - 24),
    ])
    const out = await page.evaluate(
      () =>
        [...document.querySelectorAll('[role=gridcell]')].filter((cell) => {
          const { left, right } = cell.getBoundingClientRect()
          return [...cell.querySelectorAll('*')].some((part) => {
            const box = part.getBoundingClientRect()
            return box.width > 1 && (box.right > right + 1 || box.left < left - 1)
          })
        }).length,
    )
    expect([locale, out]).toEqual([locale, 0])
    await page.context().close()
  }
})
