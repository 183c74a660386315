import { answer as answerSchema, isRefusal } from '@parcurs/contract'
import { afterAll } from 'vitest'
import { countingThreads } from '../counting/counting-threads.ts'
import { openReadings } from '../journeys/readings.ts'
import { eventKinds } from '../log/event-kinds.ts'
import { type QuestionRunner, questionRunner } from '../questions/question-runner.ts'
import type { Stores } from '../stores/stores.ts'

/** Questions as the server asks them, over a test file's stores. What is answered is what the contract promises. */
export function testQuestions(stores: Stores): (clock: () => number) => QuestionRunner {
  const threads = countingThreads()
  afterAll(() => threads.close())
  const readings = openReadings(stores)
  const kinds = eventKinds(stores.database)
  return (clock) => {
    const runner = questionRunner({
      stores,
      readings,
      kinds,
      threads,
      clock,
      maxSeconds: 30,
      maxMemoryBytes: 1_000_000_000,
    })
    return {
      ...runner,
      async ask(question, workspace, signal) {
        const answer = await runner.ask(question, workspace, signal)
        if (!isRefusal(answer)) answerSchema.parse(JSON.parse(JSON.stringify(answer)))
        return answer
      },
    }
  }
}
