import { expect, test } from 'vitest'
import { isView } from './view-event.ts'

// SPEC.md, "What events carry".

test('[CO40] the view of a page or screen is known by its type or by what it is called', () => {
  const called = (name: string) => isView({ type: 'track', name })
  const views = [
    'page_viewed',
    'Page Viewed',
    'pageViewed',
    'Page',
    'Screen',
    'Pageview',
    '$pageview',
    '$screen',
    'Loaded a Page',
    'Viewed Page',
    'screen_view',
    'Page View',
  ]
  expect(views.filter((name) => !called(name))).toEqual([])
  const acts = ['Product Viewed', 'page_leave', '$pageleave', 'screenshot', 'homepage', 'pages', '']
  expect(acts.filter(called)).toEqual([])
  expect(isView({ type: 'page', name: 'Prices' })).toBe(true)
})
