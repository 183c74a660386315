import { useRemembered } from '../device/device-memory.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** The theme and the way to another. `public/theme.js` sets the remembered one before the first paint. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [remembered, remember] = useRemembered('theme')
  const theme = THEMES.find((known) => known === remembered) ?? 'system'
  return [
    theme,
    (chosen) => {
      if (chosen === 'system') delete document.documentElement.dataset['theme']
      else document.documentElement.dataset['theme'] = chosen
      remember(chosen === 'system' ? null : chosen)
    },
  ]
}
