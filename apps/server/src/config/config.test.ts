import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('[PR13] with nothing set it is embedded, on this machine, in one folder', () => {
  const { engineMemoryBytes, threads, ...config } = readConfig({})
  expect(config).toEqual({
    home: resolve('.parcurs'),
    host: '127.0.0.1',
    port: 4400,
    publicUrl: null,
    trustedProxies: [],
    databaseUrl: null,
    clickhouseUrl: null,
    role: 'all',
    demo: true,
    printLink: null,
    logLevel: 'warn',
  })
  expect(engineMemoryBytes).toBeGreaterThanOrEqual(1e9)
  expect(threads).toBeGreaterThan(0)
})

test('[PR13] what is set is taken; an empty variable is not set', () => {
  expect(
    readConfig({
      PARCURS_HOME: '/data',
      PARCURS_HOST: '0.0.0.0',
      PORT: '80',
      PARCURS_URL: 'https://journeys.example.com',
      PARCURS_TRUSTED_PROXIES: '10.0.0.1, 10.0.0.2,',
      DATABASE_URL: 'postgresql://u:p@h/d',
      CLICKHOUSE_URL: 'https://h:8443/d',
      PARCURS_ROLE: 'worker',
      PARCURS_DEMO: 'off',
      PARCURS_LOG: '',
      PARCURS_ENGINE_MEMORY_MB: '2048',
    }),
  ).toMatchObject({
    home: '/data',
    host: '0.0.0.0',
    port: 80,
    publicUrl: 'https://journeys.example.com',
    trustedProxies: ['10.0.0.1', '10.0.0.2'],
    databaseUrl: 'postgresql://u:p@h/d',
    clickhouseUrl: 'https://h:8443/d',
    role: 'worker',
    demo: false,
    logLevel: 'warn',
    engineMemoryBytes: 2_048e6,
  })
})

test.each([
  ['PORT', '-1', "PORT is '-1': expected a whole number 0–65535"],
  ['PORT', '4400.5', "PORT is '4400.5': expected a whole number 0–65535"],
  ['PARCURS_DEMO', 'yes', "PARCURS_DEMO is 'yes': expected on, off"],
  [
    'PARCURS_ENGINE_MEMORY_MB',
    '1',
    "PARCURS_ENGINE_MEMORY_MB is '1': expected a whole number 512–1048576",
  ],
  [
    'PARCURS_ROLE',
    'worker',
    "PARCURS_ROLE is 'worker', a part of a program whose stores several processes share: set DATABASE_URL and CLICKHOUSE_URL too, or leave PARCURS_ROLE away",
  ],
  ['PARCURS_PRINT_LINK', 'yes', "PARCURS_PRINT_LINK is 'yes': expected on, off, terminal"],
  [
    'DATABASE_URL',
    'file://secret',
    "DATABASE_URL is 'file://…': expected a URL that begins with postgres:// or postgresql://",
  ],
])('[PR6] %s=%s is refused', (name, value, message) => {
  expect(() => readConfig({ [name]: value })).toThrow(message)
})
