import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { AnswerOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import { stepName } from '../maps/step-name.ts'
import { useMap, useMaps } from '../maps/use-maps.ts'
import { useTouchpoints } from '../touchpoints/touchpoints-query.ts'
import { useOwnNames } from '../names/use-own-names.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { answerIn } from '../ui/asked.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Page } from '../ui/page.tsx'
import { Shown } from '../ui/shown.tsx'
import { JourneyFacts } from './journey-facts.tsx'
import { JourneyList } from './journey-list.tsx'
import styles from './journey-page.module.css'
import { useJourney } from './use-customers.ts'

const route = getRouteApi('/w/$workspace/customers/$customer')

/** Everything one customer did, in order, with the touchpoint and the step of each event. */
export function JourneyPage() {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const names = useOwnNames()
  const { customer } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [beforeMs, setBeforeMs] = useState<number | undefined>()
  const maps = answerIn(useMaps(workspace.slug)) ?? []
  const mapId = search.mapId ?? maps[0]?.id
  const map = answerIn(useMap(workspace.slug, mapId))
  const touchpoints = answerIn(useTouchpoints(workspace.slug)) ?? []
  const journey = useJourney(workspace.slug, customer, mapId, beforeMs)
  const stepNames = (stepId: string) => (map === null ? stepId : names.name(stepName(map, stepId)))
  const touchpointNames = (id: string) =>
    names.name(touchpoints.find((touchpoint) => touchpoint.id === id)?.name ?? id)
  return (
    <Page
      title={answerIn(journey)?.label ?? t('customers.customer')}
      actions={
        maps.length > 1 &&
        mapId !== undefined && (
          <Choice
            label={t('maps.map')}
            value={mapId}
            options={maps.map(({ id, name }) => ({ id, text: names.name(name) }))}
            onChange={(id) => void navigate({ search: { mapId: id } })}
          />
        )
      }
    >
      <Shown asked={journey}>
        {(answer) => (
          <div className={styles.columns}>
            <div className={styles.journey}>
              <Counted journey={answer} />
              {answer.events.length < answer.total && answer.events[0] !== undefined && (
                <Button onPress={() => setBeforeMs(answer.events[0]?.timeMs)}>
                  {t('journey.earlier')}
                </Button>
              )}
              <JourneyList
                events={answer.events}
                stepName={stepNames}
                touchpointName={touchpointNames}
              />
              {beforeMs !== undefined && (
                <Button onPress={() => setBeforeMs(undefined)}>{t('journey.latest')}</Button>
              )}
            </div>
            <JourneyFacts journey={answer} />
          </div>
        )}
      </Shown>
      <p>
        <Link to="/w/$workspace/customers" params={{ workspace: workspace.slug }}>
          {t('journey.back')}
        </Link>
      </p>
    </Page>
  )
}

function Counted({ journey }: { readonly journey: AnswerOf<'customerJourney'> }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const shown = journey.events.length
  return (
    <p className={styles.counted}>
      {shown === journey.total
        ? t('journey.all', { count: shown, n: numbers.count(shown) })
        : t('journey.part', {
            count: journey.total,
            n: numbers.count(shown),
            all: numbers.count(journey.total),
          })}
    </p>
  )
}
