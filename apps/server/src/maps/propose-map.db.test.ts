import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MapProposal } from '@parcurs/domain'
import { describe, expect, test } from 'vitest'
import { freshStores } from '../testing/fresh-stores.ts'
import { importing } from '../testing/import-file.ts'
import { hasSharedData, NO_SHARED_DATA, sharedData } from '../testing/shared-data.ts'
import { testApp } from '../testing/test-app.ts'

// apps/server SPEC.md, "Maps": [MA3] a map from data, [MA4] accepting it.

const stores = await freshStores()
const server = await testApp(stores)
const { ask } = server

async function propose(file: string) {
  const { workspace, as } = await server.peopled()
  await importing(server, server.machine).file(workspace.slug, `${sharedData}${file}`)
  const base = `/api/workspaces/${workspace.slug}/maps`
  const { body } = await ask(as.viewer, 'POST', `${base}/proposal`)
  const proposal = body as MapProposal
  const named = new Map(proposal.touchpoints.map(({ id, name }) => [id, name]))
  return {
    base,
    as,
    workspace,
    proposal,
    steps: proposal.stages.flatMap((stage) => stage.steps.map(({ name }) => name)),
    stages: proposal.stages.map(({ name }) => name),
    goal: proposal.goal === null ? null : named.get(proposal.goal.touchpointId),
  }
}

test('[MA3] without events there is nothing to make a map of', async () => {
  const { workspace, as } = await server.peopled()
  const path = `/api/workspaces/${workspace.slug}/maps/proposal`
  expect(await ask(as.viewer, 'POST', path)).toMatchObject({
    status: 409,
    body: { code: 'no-events' },
  })
})

test('[MA4] a proposal takes the place of a map, or is refused where it changed meanwhile', async () => {
  const { workspace, as } = await server.peopled()
  const folder = mkdtempSync(join(tmpdir(), 'parcurs-map-'))
  const file = join(folder, 'visits.csv')
  writeFileSync(
    file,
    `user_id,time,event\n${[1, 2, 3].map((n) => `u${n},2026-01-0${n}T10:00:00Z,view_item\nu${n},2026-01-0${n}T10:05:00Z,purchase\n`).join('')}`,
  )
  await importing(server, server.machine).file(workspace.slug, file)
  rmSync(folder, { recursive: true })
  const base = `/api/workspaces/${workspace.slug}/maps`
  const { body: made } = await ask(as.viewer, 'POST', `${base}/proposal`)
  const accept = (replaces?: unknown) => {
    const proposal = { ...(made as MapProposal), name: replaces ? 'Seen again' : 'Seen' }
    return ask(as.editor, 'POST', `${base}/accept`, { proposal, ...(replaces ? { replaces } : {}) })
  }
  const { mapId } = (await accept()).body as { mapId: string }
  expect(await accept({ mapId, version: 1 })).toMatchObject({ status: 201, body: { mapId } })
  expect((await ask(as.viewer, 'GET', base)).body).toMatchObject([{ id: mapId, version: 2 }])
  expect(await accept({ mapId, version: 1 })).toMatchObject({
    status: 409,
    body: { code: 'changed-meanwhile' },
  })
  expect(await accept({ mapId: 'map_gone', version: 1 })).toMatchObject({ status: 404 })
})

describe.skipIf(!hasSharedData)(`[MA3] a sensible map of every data set${NO_SHARED_DATA}`, () => {
  test('[MA3] REES46: a shop', async () => {
    const { steps, stages, goal, proposal } = await propose('shop/rees46-2019-10-sample.csv')
    expect(steps).toEqual(['Product page', 'Cart', 'Order'])
    expect(stages).toEqual(['Consideration', 'Purchase'])
    expect({ goal, valued: proposal.goal?.valued }).toEqual({ goal: 'Order', valued: true })
    expect(proposal.touchpoints.map(({ customers }) => customers)).toEqual([4505, 111, 193])
  })
  test('[MA3] Online Retail: one kind of event, one step', async () => {
    const { steps, goal, proposal } = await propose('shop/online-retail-uci.csv.gz')
    expect({ steps, goal, valued: proposal.goal?.valued }).toEqual({
      steps: ['Order'],
      goal: 'Order',
      valued: true,
    })
  }, 120_000)
  test('[MA3] Sparkify: an app', async () => {
    const { steps, goal } = await propose('shop/sparkify-2018-11.jsonl.gz')
    expect(steps.slice(0, 2).toSorted()).toEqual(['Home', 'Next song'])
    expect(steps.indexOf('Upgrade')).toBeLessThan(steps.indexOf('Submit upgrade'))
    expect(goal).toBe('Submit upgrade')
  })
  test('[MA3] BPI 2012: a bank’s process', async () => {
    const { steps, goal } = await propose('logs/bpic2012.xes.gz')
    expect(steps.slice(0, 2)).toEqual(['A submitted', 'A partlysubmitted'])
    const order = [
      'A preaccepted',
      'A accepted',
      'A finalized',
      'O sent',
      'O sent back',
      'A approved',
    ]
    expect(steps.filter((step) => order.includes(step))).toEqual(order)
    expect(goal).toBe('A activated')
  }, 120_000)
  test('[MA3] help desk', async () => {
    const { steps, goal } = await propose('logs/helpdesk.xes.gz')
    expect(steps[0]).toBe('Insert ticket')
    expect(steps.slice(-2)).toEqual(['Resolve ticket', 'Closed'])
    expect(goal).toBe('Closed')
  })
  test('[MA3] permits', async () => {
    const { steps, goal } = await propose('logs/receipt.csv.gz')
    expect(steps[0]).toBe('Confirmation of receipt')
    expect(steps.length).toBeLessThanOrEqual(25)
    expect(goal).toBe('T10 determine necessity to stop indication')
  })
  test('[MA3] the running example', async () => {
    const { steps, goal } = await propose('logs/running-example.xes')
    expect(steps[0]).toBe('Register request')
    expect(steps.slice(-2)).toEqual(['Pay compensation', 'Reject request'])
    expect(goal).toBe('Pay compensation')
  })
  test('[MA3] [MA4] ad touches, by channel; accepted twice the touchpoints are used again', async () => {
    const { steps, goal, proposal, base, as, workspace } = await propose(
      'attribution/touchpoints-2018-07.csv.gz',
    )
    expect(steps).toHaveLength(6)
    expect(steps.at(-1)).toBe('Conversion')
    expect(goal).toBe('Conversion')
    const accept = () => ask(as.editor, 'POST', `${base}/accept`, { proposal })
    expect(await accept()).toMatchObject({ status: 201 })
    expect(await accept()).toMatchObject({ status: 201 })
    expect((await ask(as.viewer, 'GET', base)).body).toHaveLength(2)
    const library = await ask(as.viewer, 'GET', `/api/workspaces/${workspace.slug}/touchpoints`)
    expect(library.body).toHaveLength(6)
    const broken = { ...proposal, goal: { touchpointId: 'gone', valued: true } }
    expect(await ask(as.editor, 'POST', `${base}/accept`, { proposal: broken })).toMatchObject({
      status: 400,
      body: { faults: [{ place: 'body.proposal.goal.touchpointId' }] },
    })
  })
})
