import { useNavigate } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import type { JourneyMap } from '@parcurs/domain'
import { CornerDownLeft } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import type { Me, MyWorkspace } from '../api/use-me.ts'
import { LANGUAGE_NAMES, LANGUAGES } from '../languages/language.ts'
import { useWords } from '../languages/words.ts'
import { useMaps } from '../maps/use-maps.ts'
import { useOwnNames } from '../names/use-own-names.ts'
import { useSegments } from '../segments/use-segments.ts'
import { useTouchpoints } from '../touchpoints/touchpoints-query.ts'
import { answerIn } from '../ui/asked.ts'
import { Modal } from '../ui/modal.tsx'
import { THEMES, useTheme } from '../ui/theme.ts'
import styles from './command-menu.module.css'
import type { EarlyText } from './early-keys.tsx'
import { matching } from './command-search.ts'
import { PLACES } from './places.ts'

interface Command {
  readonly id: string
  readonly text: string
  readonly group: string
  readonly run: () => void
}

/** Everything that can be reached, by a few letters. */
export default function CommandMenu(props: {
  readonly me: Me
  readonly workspace: MyWorkspace
  /** What was typed before it was there. */
  readonly early: EarlyText
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const commands = useCommands(props.me, props.workspace)
  const [typed, setTyped] = useState(() => props.early.text())
  const [at, setAt] = useState(0)
  const found = matching(commands, typed)
  const run = (command: Command | undefined) => {
    if (command === undefined) return
    props.onClose()
    command.run()
  }
  return (
    <Modal label={t('command.title')} place="top" onClose={props.onClose}>
      <input
        className={styles.input}
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="commands"
        aria-activedescendant={found[at] === undefined ? undefined : `command-${at}`}
        aria-label={t('command.title')}
        placeholder={t('command.placeholder')}
        autoComplete="off"
        // The menu is opened by a key to type into: the focus belongs here.
        ref={(input) => input?.focus()}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, at + 1))
          else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1))
          else if (event.key === 'Enter') run(found[at])
          else return
          event.preventDefault()
        }}
      />
      <ul id="commands" role="listbox" aria-label={t('command.title')} className={styles.list}>
        {found.map((command, i) => (
          <li
            key={command.id}
            id={`command-${i}`}
            role="option"
            aria-selected={i === at}
            className={styles.command}
            ref={i === at ? (item) => item?.scrollIntoView({ block: 'nearest' }) : null}
            onPointerMove={() => setAt(i)}
            onClick={() => run(command)}
          >
            <span>{command.text}</span>
            <span className={styles.group}>{command.group}</span>
            <CornerDownLeft size={14} aria-hidden="true" />
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p className={styles.none} role="status">
          {t('command.none', { typed })}
        </p>
      )}
    </Modal>
  )
}

function useCommands(me: Me, workspace: MyWorkspace): readonly Command[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const touchpoints = answerIn(useTouchpoints(workspace.slug)) ?? []
  const segments = answerIn(useSegments(workspace.slug)) ?? []
  const words = useWords()
  const names = useOwnNames()
  const [, chooseTheme] = useTheme()
  const listed = answerIn(useMaps(workspace.slug)) ?? []
  const params = { workspace: workspace.slug }
  const maps = client
    .getQueriesData<JourneyMap>({ queryKey: ['map', workspace.slug] })
    .flatMap(([, map]) => (map === undefined ? [] : [names.map(map)]))
  return [
    ...PLACES.map(({ id, group, to }) => ({
      id: `place-${id}`,
      text: t(`place.${id}`),
      group: t(`group.${group}`),
      run: () => void navigate({ to, params }),
    })),
    {
      id: 'maps',
      text: t('action.allMaps'),
      group: t('group.journeys'),
      run: () => void navigate({ to: '/w/$workspace/maps', params }),
    },
    ...listed.map(({ id, name }) => ({
      id: `map-${id}`,
      text: names.name(name),
      group: t('place.map'),
      run: () => void navigate({ to: '/w/$workspace', params, search: { map: id } }),
    })),
    {
      id: 'proposal',
      text: t('action.mapFromData'),
      group: t('group.journeys'),
      run: () => void navigate({ to: '/w/$workspace/proposal', params }),
    },
    ...maps.flatMap((map) =>
      map.stages.flatMap((stage) =>
        stage.steps.map((step) => ({
          id: `step-${map.id}-${step.id}`,
          text: step.name,
          group: stage.name,
          run: () =>
            void navigate({ to: '/w/$workspace', params, search: { map: map.id, at: step.id } }),
        })),
      ),
    ),
    ...segments.map(({ id, name }) => ({
      id: `segment-${id}`,
      text: name,
      group: t('place.segments'),
      run: () =>
        void navigate({
          to: '/w/$workspace/segments/$segment',
          params: { ...params, segment: id },
        }),
    })),
    ...touchpoints.map(({ id, name }) => ({
      id: `touchpoint-${id}`,
      text: names.name(name),
      group: t('place.touchpoints'),
      run: () =>
        void navigate({ to: '/w/$workspace/touchpoints', params, search: { touchpoint: id } }),
    })),
    ...me.workspaces
      .filter(({ slug }) => slug !== workspace.slug)
      .map(({ slug, name }) => ({
        id: `workspace-${slug}`,
        text: name,
        group: t('shell.workspace'),
        run: () => void navigate({ to: '/w/$workspace', params: { workspace: slug } }),
      })),
    ...THEMES.map((theme) => ({
      id: `theme-${theme}`,
      text: t(`theme.${theme}`),
      group: t('shell.theme'),
      run: () => chooseTheme(theme),
    })),
    ...LANGUAGES.map((language) => ({
      id: `language-${language}`,
      text: LANGUAGE_NAMES[language],
      group: t('shell.language'),
      run: () => void words.choose(language),
    })),
  ]
}
