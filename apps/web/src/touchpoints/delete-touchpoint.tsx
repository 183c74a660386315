import type { JourneyMap } from '@parcurs/domain'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useAsk } from '../api/ask.ts'
import { useTranslation } from '../languages/translation.ts'
import { mapQuery } from '../maps/map-queries.ts'
import { mapSent } from '../maps/save-goal.ts'
import { useOwnNames } from '../names/use-own-names.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { asked } from '../ui/asked.ts'
import { Question } from '../ui/question.tsx'
import { SaveFailed } from '../ui/save-failed.tsx'
import { Shown } from '../ui/shown.tsx'
import { freedOf, standsOn, stepsOnlyOf } from './free-touchpoint.ts'

/** Asks before a touchpoint is deleted, and says on which maps it stands: from there it is taken first. */
export function DeleteTouchpoint(props: {
  readonly workspace: string
  readonly touchpoint: { readonly id: string; readonly name: string }
  readonly onDone: () => void
  readonly onClose: () => void
}) {
  const { workspace, touchpoint } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const names = useOwnNames()
  const ask = useAsk()
  const client = useQueryClient()
  const params = { workspace }
  const maps = asked(
    useQuery({
      queryKey: ['touchpoint-maps', workspace, touchpoint.id],
      staleTime: 0,
      queryFn: async ({ signal }): Promise<readonly JourneyMap[]> => {
        const listed = await ask('maps', { params, signal })
        const drawn = await Promise.all(
          listed.map(({ id }) => ask('map', { params: { workspace, mapId: id }, signal })),
        )
        return drawn.filter((map) => standsOn(map, touchpoint.id))
      },
    }),
  )
  const remove = useMutation({
    mutationFn: async (standing: readonly JourneyMap[]) => {
      for (const map of standing) {
        const body = mapSent(freedOf(map, touchpoint.id))
        await ask('changeMap', { params: { workspace, mapId: map.id }, body })
        await client.invalidateQueries(mapQuery(ask, workspace, map.id))
      }
      await ask('deleteTouchpoint', { params: { workspace, touchpointId: touchpoint.id } })
    },
    onSuccess: async () => {
      props.onDone()
      await Promise.all(
        ['touchpoints', 'maps', 'map', 'living-map'].map((key) =>
          client.invalidateQueries({ queryKey: [key, workspace] }),
        ),
      )
    },
  })
  const standing = maps.state === 'answered' ? maps.answer : null
  return (
    <Question
      title={t('delete.title', { what: names.name(touchpoint.name) })}
      text={t('touchpoints.deleteText')}
      yes={t(
        standing !== null && standing.length > 0 ? 'touchpoints.freeAndDelete' : 'action.delete',
      )}
      busy={remove.isPending || standing === null}
      onYes={() => standing !== null && remove.mutate(standing)}
      onNo={props.onClose}
    >
      <Shown asked={maps}>
        {(all) =>
          all.length > 0 && (
            <ul>
              {all.map((map) => {
                const steps = stepsOnlyOf(map, touchpoint.id).map(names.name)
                return (
                  <li key={map.id}>
                    {t('touchpoints.standsOn', { map: names.name(map.name) })}
                    {steps.length > 0 &&
                      ` ${t('touchpoints.stepsUnmeasured', { steps: numbers.list(steps) })}`}
                  </li>
                )
              })}
            </ul>
          )
        }
      </Shown>
      <SaveFailed saving={remove} />
    </Question>
  )
}
