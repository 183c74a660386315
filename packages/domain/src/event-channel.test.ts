import { expect, test } from 'vitest'
import { type ChannelHints, channelOf } from './event-channel.ts'

const nothing: ChannelHints = {
  type: 'track',
  name: 'x',
  said: '',
  medium: '',
  source: '',
  query: '',
  app: false,
  page: false,
}

test.each<[string, Partial<ChannelHints>]>([
  ['store', { said: ' Store ', medium: 'cpc' }],
  ['ad', { medium: 'CPC', source: 'google' }],
  ['ad', { type: 'page', query: '?gclid=1', source: 'google' }],
  ['search', { type: 'page', source: 'google' }],
  ['email', { medium: 'newsletter' }],
  ['social', { type: 'page', source: 'facebook.com' }],
  ['partner', { medium: 'affiliate' }],
  ['email', { name: 'Email Opened' }],
  ['chat', { name: 'chat_started' }],
  ['store', { name: 'in-store purchase' }],
  ['app', { type: 'screen', name: 'screen_view' }],
  ['app', { app: true, page: true }],
  ['web', { type: 'page', name: 'page_view' }],
  ['web', { page: true }],
  ['other', {}],
])('[CO10] %s from %j', (channel, hints) => {
  expect(channelOf({ ...nothing, ...hints })).toBe(channel)
})
