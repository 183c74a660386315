import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from './program/program-process.ts'
import { type Installation, installation, violations } from './screens/browser.ts'

let shop: Installation

/** The machine of the checks is slow and busy: what is waited for gets its time. */
const soon = { timeout: 20_000 }

beforeAll(async () => {
  shop = await installation('on')
})
afterAll(() => shop.close())

const PAGES = {
  map: '/w/demo?compare=previous',
  'map with a panel': '/w/demo?at=payment&measure=money',
  'map of stages': '/w/demo?zoom=stages',
  'journey line': '/w/demo?zoom=line',
  'map being drawn': '/w/demo?edit=true',
  touchpoints: '/w/demo/touchpoints',
  'touchpoint editor': '/w/demo/touchpoints?touchpoint=new',
  customers: '/w/demo/customers',
  segments: '/w/demo/segments',
  'new segment': '/w/demo/segments/new',
  import: '/w/demo/imports',
  refusals: '/w/demo/refusals',
  maps: '/w/demo/maps',
  workspace: '/w/demo/settings',
  members: '/w/demo/settings/members',
  keys: '/w/demo/settings/keys',
  you: '/w/demo/settings/you',
  'map from data': '/w/demo/proposal',
  'empty workspace': '/w/main',
  'nothing here': '/w/demo/nothing',
}

describe.each([
  ['light', 'en'],
  ['dark', 'en'],
  ['light', 'el'],
  ['dark', 'el'],
] as const)('[UI26] no page has an axe violation, %s, %s', (colorScheme, locale) => {
  test('[UI26] every page', async () => {
    const { page, asked, complaints } = await shop.page({ colorScheme, locale })
    for (const [name, address] of Object.entries(PAGES)) {
      await page.goto(address)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await page.waitForLoadState('networkidle')
      expect([name, await violations(page)]).toEqual([name, []])
      // Nothing is cut off sideways either, in the longer words of another language.
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      expect([name, width]).toEqual([name, 1440])
    }
    expect(asked.filter((url) => !url.startsWith(shop.origin))).toEqual([])
    expect(complaints).toEqual([])
  })

  test('[UI26] the door, a journey and the phone', async () => {
    const context = await shop.context({
      colorScheme,
      locale,
      viewport: { width: 390, height: 844 },
    })
    const page = await context.newPage()
    await page.goto('/w/demo')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    expect(await violations(page)).toEqual([])
    await page.goto('/w/demo/customers')
    await page.getByRole('grid').getByRole('link').first().click()
    await page.waitForURL(/customers\/\d/)
    await page.waitForLoadState('networkidle')
    expect(await violations(page)).toEqual([])
    await context.clearCookies()
    await page.goto('/')
    await page.waitForURL(/sign-in/)
    await page.getByRole('textbox').first().waitFor()
    expect(await violations(page)).toEqual([])
  })
})

test('[UI27] the JavaScript before the first route is at most 200 kB, gzipped', () => {
  const dist = join(ROOT, 'apps/web/dist')
  const html = readFileSync(join(dist, 'index.html'), 'utf8')
  const first = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path)
  const seen = new Set<string>()
  const add = (path: string) => {
    if (seen.has(path)) return
    seen.add(path)
    const text = readFileSync(join(dist, path), 'utf8')
    // Static imports come with the file; `import(…)` comes with its route.
    const imports = text.matchAll(/(?:^|[;\n}])import(?:[^"'()]*?from)?["']\.\/([^"']+)["']/g)
    for (const [, from] of imports) add(`assets/${from}`)
  }
  const bytes = () =>
    [...seen].reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path))).length, 0)
  for (const path of first) add(path ?? '')
  expect(seen.size).toBeGreaterThan(1)
  expect(bytes()).toBeLessThanOrEqual(200_000)
  // And all that the home needs, its words in one language included, stays near it.
  for (const name of readdirSync(join(dist, 'assets'))) {
    if (/^(home|map-page|workspace-frame|words-en)-.*\.js$/.test(name)) add(`assets/${name}`)
  }
  expect(bytes()).toBeLessThanOrEqual(240_000)
})

test('[UI28] invented data and its page are not in what ships', () => {
  const dist = join(ROOT, 'apps/web/dist')
  expect(readdirSync(dist)).not.toContain('fixture.html')
  const all = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.js'))
  for (const name of all) {
    expect(readFileSync(join(dist, 'assets', name), 'utf8')).not.toContain('Shop, first order')
  }
})

test('[UI70] a workspace is made and deleted on the screen, and leads to data first', async () => {
  const { page } = await shop.page({ timezoneId: 'Asia/Tokyo' })
  await page.goto('/w/demo/settings/workspace')
  const making = page.getByRole('region', { name: 'Another workspace' })
  await making.getByLabel('Name of the workspace').fill('Second Café')
  expect(await making.getByLabel('Name in addresses').inputValue()).toBe('second-cafe')
  expect(await making.getByLabel('Time zone').inputValue()).toBe('Asia/Tokyo')
  await making.getByRole('button', { name: 'Make the workspace' }).click()
  await page.waitForURL(/\/w\/second-cafe/)
  await page.getByRole('heading', { name: 'No data yet' }).waitFor()
  await page.getByRole('link', { name: 'Import events' }).waitFor()
  await page.goto('/w/second-cafe/settings/workspace')
  const deleting = page.getByRole('region', { name: 'Delete this workspace' })
  expect(await deleting.getByRole('button').isDisabled()).toBe(true)
  await deleting.getByRole('textbox').fill('Second Café')
  expect(await violations(page)).toEqual([])
  await deleting.getByRole('button').click()
  await page.waitForURL(/\/w\/(demo|main)/)
  await page.goto('/w/second-cafe')
  await page.getByRole('heading').first().waitFor()
  expect(await page.getByRole('heading', { name: 'No data yet' }).count()).toBe(0)
  // The first workspace of all is asked about before anything is counted.
  await page.goto('/w/main')
  await page.getByRole('heading', { name: 'First, your workspace' }).waitFor()
  expect(await violations(page)).toEqual([])
})

test('[UI15] a rule is counted while it is typed', async () => {
  const { page } = await shop.page()
  await page.goto('/w/demo/touchpoints?touchpoint=new')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Bought')
  await page.getByRole('combobox', { name: 'Event names' }).fill('purchase,')
  const preview = page.getByRole('region', { name: 'What the rule matches' })
  await preview.waitFor()
  expect(await page.getByRole('complementary').getByRole('status').textContent()).toMatch(
    /\d events.*\d customers/,
  )
  expect(await preview.getByRole('list').last().getByRole('listitem').count()).toBe(5)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Bought' }).waitFor()
})

test('[UI29] a file becomes events, and its events a map', async () => {
  const { page } = await shop.page()
  const file = join(mkdtempSync(join(tmpdir(), 'parcurs-file-')), 'orders.csv')
  const rows = Array.from({ length: 60 }, (_, i) => {
    const customer = `c${Math.floor(i / 3)}`
    const name = ['product_viewed', 'add_to_cart', 'purchase'][i % 3]
    const minute = String(i % 3).padStart(2, '0')
    return `${customer},2026-10-${String(1 + (i % 20)).padStart(2, '0')} 10:${minute}:00,${name},${i % 3 === 2 ? '20.50' : ''}`
  })
  writeFileSync(
    file,
    ['customer_id,time,event,value', ...rows, 'c9,not a time,purchase,1'].join('\n'),
  )
  await page.goto('/w/main/imports')
  await page.getByLabel('Choose a file').first().setInputFiles(file)
  await page.getByRole('heading', { name: 'orders.csv' }).waitFor()
  await page.getByText('customer_id').first().waitFor()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByText('Imported', { exact: false }).first().waitFor()
  const main = page.getByRole('main')
  await expect.poll(() => main.textContent(), soon).toMatch(/Stored60/)
  expect(await main.textContent()).toMatch(/Rejected1/)
  expect(await page.getByRole('region', { name: 'Rejected rows' }).textContent()).toContain(
    'not a time',
  )
  await page.getByRole('link', { name: 'Make a map from the data' }).click()
  await page.getByRole('heading', { name: 'A map from your data' }).waitFor()
  await page.getByRole('textbox', { name: 'Name of the map' }).fill('Orders')
  await page.getByRole('button', { name: 'Accept the map' }).click()
  await page.getByRole('grid').waitFor()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Orders')
})

test('[UI90] rows that are here already are told, replaced, and taken away', async () => {
  const { page } = await shop.page()
  const file = join(mkdtempSync(join(tmpdir(), 'parcurs-file-')), 'twice.csv')
  const rows = [
    'x,2026-10-01 10:00,seen,',
    'x,2026-10-01 11:00,bought,5',
    'y,2026-10-02 10:00,seen,',
  ]
  writeFileSync(file, ['customer_id,time,event,value', ...rows].join('\n'))
  const main = page.getByRole('main')
  const send = async () => {
    await page.getByLabel('Choose a file').first().setInputFiles(file)
    await page.getByRole('heading', { name: 'twice.csv' }).first().waitFor()
  }
  const run = page.getByRole('button', { name: 'Import', exact: true })
  await page.goto('/w/main/imports')
  await send()
  await run.click()
  await expect.poll(() => main.textContent(), soon).toMatch(/Stored3/)
  await send()
  await page.getByRole('heading', { name: 'These rows are here already' }).waitFor()
  expect(await main.textContent()).toContain('3 of the first 3 rows are here already.')
  await page.getByRole('radio', { name: 'Skip this file' }).click()
  expect(await run.isDisabled()).toBe(true)
  await page.getByRole('radio', { name: 'Replace them' }).click()
  await run.click()
  await expect.poll(() => main.textContent(), soon).toMatch(/Stored3.*Taken away before3/s)
  await page.getByRole('button', { name: 'Replace with a new file' }).click()
  await page.getByText('A new file in place of twice.csv').waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await main.getByRole('button', { name: 'Delete' }).first().click()
  const asked = page.getByRole('dialog')
  await expect.poll(() => asked.textContent(), soon).toMatch(/Events3.*Customers2/s)
  await asked.getByRole('button', { name: 'Delete' }).click()
  await expect.poll(() => main.textContent(), soon).not.toContain('twice.csv')
})

test('[UI91] how a file is read is said on the screen, and shown at once, on a phone too', async () => {
  const { page } = await shop.page()
  await page.setViewportSize({ width: 390, height: 844 })
  const file = join(mkdtempSync(join(tmpdir(), 'parcurs-file-')), 'open.csv')
  const rows = [
    'x;2026-10-01 10:00;a rather long name of what happened;1.000',
    'y;2026-10-02 10:00;seen;2.000',
  ]
  writeFileSync(file, ['customer_id;time;event;value', ...rows].join('\n'))
  await page.goto('/w/main/imports')
  await page.getByLabel('Choose a file').first().setInputFiles(file)
  await page.getByRole('button', { name: /Decimal sign/ }).click()
  await page.getByRole('option', { name: /Comma/ }).click()
  const examples = page.getByRole('region', { name: 'Examples' })
  await expect.poll(() => examples.textContent(), soon).toContain('1,000')
  const cut = await examples.evaluate((frame) => {
    const { right } = frame.getBoundingClientRect()
    return [...frame.querySelectorAll('td')].filter(
      (cell) => cell.getBoundingClientRect().right > right + 1,
    ).length
  })
  expect(cut).toBe(0)
  await page.getByRole('button', { name: /Encoding/ }).click()
  await page.getByRole('option', { name: 'utf-16le' }).click()
  await page.getByRole('alert').first().waitFor()
  await page.getByRole('button', { name: /Encoding/ }).click()
  await page.getByRole('option', { name: 'utf-8' }).click()
  await expect.poll(() => examples.textContent(), soon).toContain('1,000')
  await page.getByRole('button', { name: 'Cancel' }).click()
})

test('[UI30] [UI65] a key is shown once, and the theme is kept', async () => {
  const { page } = await shop.page()
  await page.goto('/w/demo/settings/keys')
  await page.getByRole('textbox', { name: 'What sends with it' }).fill('Site')
  await page.getByRole('button', { name: 'Make a key' }).click()
  await page.getByText('Copy it now').waitFor()
  // [UI65] What to paste is ready: the key and this very address stand in it.
  const snippet = (await page.locator('code').allTextContents()).join('\n')
  expect(snippet).toContain('<script>')
  expect(snippet).toContain(`a._cdn="${shop.origin}"`)
  expect(snippet).toMatch(/a\._writeKey="pw_/)
  await page.goto('/w/demo/settings/you')
  await page.getByRole('radio', { name: 'Dark' }).click()
  await page.reload()
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
})

test('[UI35] the rail leads to every place, keeps its width, and More leads a phone there', async () => {
  const { page } = await shop.page()
  await page.goto('/w/demo/customers')
  const rail = page.getByRole('navigation', { name: 'Pages' })
  await rail.getByRole('link', { name: 'Customers' }).waitFor()
  expect(await rail.getByRole('link').allTextContents()).toEqual([
    'Maps',
    'Customers',
    'Segments',
    'Touchpoints',
    'Imports',
    'Rejected events',
    'Settings',
  ])
  expect(await rail.getByRole('link', { name: 'Customers' }).getAttribute('aria-current')).toBe(
    'page',
  )
  await rail.getByRole('button', { name: 'Icons only' }).click()
  await page.reload()
  await rail.getByRole('button', { name: 'Show labels' }).waitFor()
  expect((await rail.boundingBox())?.width).toBeLessThan(64)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'Keys' }).click()
  await page.getByRole('heading', { level: 1, name: 'Keys' }).waitFor()
  await expect.poll(() => page.title()).toBe('Keys · Demo shop · Parcurs')
})

test('[UI36] the home is the map last looked at', async () => {
  const { page } = await shop.page()
  await page.goto('/w/demo')
  await page.getByRole('link', { name: 'All maps' }).click()
  await page.getByRole('grid').getByRole('link').first().click()
  await page.getByRole('button', { name: /^Period/ }).waitFor()
  const [, shown] = /map=([^&]+)/.exec(page.url()) ?? []
  expect(await page.evaluate(() => localStorage.getItem('parcurs.map.demo'))).toBe(shown)
  await page.goto('/w/demo')
  await page.getByRole('heading', { level: 1, name: 'Buying from the shop' }).waitFor()
})

test('[UI37] a list is searched, ordered and filtered, and taken along as a file', async () => {
  const { page } = await shop.page()
  await page.goto('/w/demo/touchpoints')
  const rows = page.getByRole('grid').getByRole('row')
  await rows.nth(2).waitFor()
  const all = await rows.count()
  await page.getByRole('searchbox').fill('CHECKOUT path')
  await expect.poll(() => rows.count()).toBeLessThan(all)
  await page.getByRole('searchbox').fill('')
  await page.getByRole('button', { name: 'Events, 30 days' }).click()
  await page.getByRole('button', { name: 'Events, 30 days' }).click()
  const counts = async () =>
    (await page.locator('td[data-kind=number]:nth-child(5)').allTextContents()).map((text) =>
      Number(text.replaceAll(',', '')),
    )
  await expect.poll(counts).toEqual((await counts()).toSorted((a, b) => b - a))
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download what is shown as CSV' }).click()
  const file = await (await download).path()
  expect(readFileSync(file, 'utf8').split('\r\n')).toHaveLength(all + 1)
})

test('[UI41] what cannot be reached says so, keeps what is around it, and heals by itself', async () => {
  const { page } = await shop.page()
  await page.goto('/w/demo/touchpoints')
  await page.getByRole('grid').waitFor()
  const answered = '**/api/workspaces/demo/customers**'
  await page.route(answered, (route) => route.abort())
  await page.getByRole('link', { name: 'Customers' }).first().click()
  await page.getByRole('alert').getByText('The server cannot be reached').waitFor(soon)
  expect(await page.getByRole('searchbox').isVisible()).toBe(true)
  await page.unroute(answered)
  await page.getByRole('grid').getByRole('link').first().waitFor(soon)
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('[UI63] what is written and not saved is not left without a question', async () => {
  const { page } = await shop.page()
  await page.goto('/w/demo/segments/new')
  await page.getByLabel('Name').fill('Half done')
  await page.getByRole('link', { name: 'Customers' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Stay here' }).click()
  expect(await page.getByLabel('Name').inputValue()).toBe('Half done')
  await page.getByRole('link', { name: 'Customers' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Leave', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor()
  // Nor is a touchpoint deleted by one press.
  await page.goto('/w/demo/touchpoints')
  await page.getByRole('grid').getByRole('button').first().waitFor()
  await page.locator('[data-name=true] button').first().click()
  await page.getByRole('complementary').getByRole('button', { name: 'Delete' }).click()
  expect(await violations(page)).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
})

test('[UI64] whoever only looks is shown no dead editor', async () => {
  const owner = await shop.page()
  await owner.page.goto('/w/demo')
  // The session's cookie goes to the installation's own place alone.
  const place = await owner.page.locator('meta[name="parcurs-place"]').getAttribute('content')
  const invited = await owner.page.request.post(`${place}/api/workspaces/demo/members`, {
    headers: { origin: shop.origin },
    data: { email: 'viewer@example.org', role: 'viewer' },
  })
  const { link }: { link: string } = await invited.json()
  const { page } = await shop.page({ storageState: { cookies: [], origins: [] } })
  await page.goto(link)
  await page.waitForURL(/\/w\/demo/)
  for (const address of [
    '/w/demo/segments/new',
    '/w/demo/proposal',
    '/w/demo/settings/workspace',
    '/w/demo/imports',
  ]) {
    await page.goto(address)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.waitForLoadState('networkidle')
    const main = page.getByRole('main')
    expect([address, await main.getByRole('textbox').count()]).toEqual([address, 0])
    expect([address, await main.getByRole('button', { name: /Save|Accept/ }).count()]).toEqual([
      address,
      0,
    ])
  }
  await page.goto('/w/demo/touchpoints')
  await page.locator('[data-name=true] button').first().click()
  const reading = page.getByRole('complementary')
  await reading.getByText('Channel').waitFor()
  expect(await reading.getByRole('textbox').count()).toBe(0)
  expect(await violations(page)).toEqual([])
})

test('[UI66] the word about the password is put away for good', async () => {
  const { page } = await shop.page()
  await page.goto('/w/demo')
  await page.getByRole('button', { name: 'Put this message away' }).click()
  expect(await page.getByText('You signed in with a one-time link.').count()).toBe(0)
  await page.reload()
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await page.getByText('You signed in with a one-time link.').count()).toBe(0)
})

test('[UI67] [UI68] paper holds the whole map; forced colours keep bars and the place one is at', async () => {
  // A4 across, within its margins.
  const { page } = await shop.page({ locale: 'ru', viewport: { width: 1440, height: 900 } })
  await page.goto('/w/demo')
  await page.getByRole('grid').waitFor()
  await page.emulateMedia({ forcedColors: 'active' })
  const here = page.locator('nav [aria-current=page]').first()
  expect(await here.evaluate((link) => getComputedStyle(link).outlineStyle)).toBe('solid')
  const bar = await page
    .locator('[data-bar]')
    .first()
    .evaluate((one) => getComputedStyle(one).backgroundColor)
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  expect(bar).not.toBe(ground)
  await page.setViewportSize({ width: 1047, height: 718 })
  await page.emulateMedia({ forcedColors: 'none', media: 'print' })
  await page.locator('header').first().waitFor({ state: 'hidden' })
  const cut = await page.evaluate(
    () =>
      [...document.querySelectorAll('[role=gridcell], [role=rowheader]')].filter((cell) => {
        const { left, right } = cell.getBoundingClientRect()
        return left < 0 || right > innerWidth
      }).length,
  )
  expect(cut).toBe(0)
  const rows = await page.evaluate(() => {
    const last = [...document.querySelectorAll('[role=row]')].at(-1)
    return (last?.getBoundingClientRect().bottom ?? 0) <= document.documentElement.scrollHeight
  })
  expect(rows).toBe(true)
})

test('[UI69] on a phone everything to press is large enough, and tabs are whole in every language', async () => {
  const { page } = await shop.page({ viewport: { width: 390, height: 844 }, hasTouch: true })
  for (const [name, address] of Object.entries(PAGES)) {
    await page.goto(address)
    await page.getByRole('heading').first().waitFor()
    await page.waitForLoadState('networkidle')
    // A link within a sentence is as high as its line (WCAG 2.5.8, inline).
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('button, a[href], summary, input, [role=gridcell][tabindex]')]
        .filter((one) => one.closest('p, td, li, dd') === null || one.matches('button, summary'))
        .filter((one) => one.checkVisibility({ visibilityProperty: true }))
        .map((one) => ({ one, box: (one.closest('label') ?? one).getBoundingClientRect() }))
        .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24))
        .map(({ one, box }) => `${one.outerHTML.slice(0, 120)} ${box.width}×${box.height}`),
    )
    expect([name, small]).toEqual([name, []])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    expect([name, wide]).toEqual([name, 390])
  }
  for (const locale of ['ro', 'ru', 'el', 'zh']) {
    const { page } = await shop.page({ locale, viewport: { width: 390, height: 844 } })
    await page.goto('/w/demo/customers')
    const tabs = page.locator('nav [aria-current=page]').last()
    await tabs.waitFor()
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('nav:not([hidden]) span')].flatMap((span) =>
        span.scrollWidth > span.clientWidth + 1 && span.clientWidth > 0 ? [span.textContent] : [],
      ),
    )
    expect([locale, cut]).toEqual([locale, []])
    await page.context().close()
  }
})
