import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { misuseInvitations } from './invitations.ts'
import { poison } from './poison.ts'
import { floodQuestions } from './questions-flood.ts'
import { freePort, killServer, startServer, stopServer } from './server.ts'
import { misuseTokens } from './tokens.ts'
import { type Flood, floodVocabulary } from './vocabulary-flood.ts'

export interface AttackPlan extends Pick<Flood, 'kinds' | 'imported' | 'mostStallMs' | 'say'> {
  /** Of each attack that comes in rounds. */
  readonly rounds: number
  /** Questions of one person at once, and events that they are about. */
  readonly asked: number
  readonly events: number
}

/**
 * Attacks one server from outside, one way after the other, as whoever holds a page's key, a link, a token or an account
 * can.
 *
 * @returns what was not answered as it should be; the last line when it did not stay up
 */
export async function attack(plan: AttackPlan): Promise<readonly string[]> {
  const home = mkdtempSync(join(tmpdir(), 'parcurs-attacks-'))
  const server = await startServer(home, await freePort())
  const faults: string[] = []
  const one = async (name: string, found: Promise<readonly string[]>) => {
    const lines = await found
    plan.say(`${name}: ${lines.length === 0 ? 'survived' : `${lines.length} faults`}`)
    faults.push(...lines.map((line) => `${name}: ${line}`))
  }
  try {
    await one('invitations', misuseInvitations(server, plan.rounds))
    await one('tokens', misuseTokens(server, plan.rounds))
    await one('poison', poison(server, plan.rounds))
    await one('questions', floodQuestions(server, plan))
    await one('vocabulary', floodVocabulary(server, plan))
    if (server.process.exitCode !== null) faults.push(`the server ended:\n${server.said()}`)
    await stopServer(server)
    return faults
  } finally {
    await killServer(server)
    rmSync(home, { recursive: true, force: true })
  }
}
