import { useState } from 'react'
import { RouteContext, ShowCountContext } from '../app/hooks'
import { routeFrom } from '../app/navigation'
import { ScreenGuard } from './screen-guard'

/** A page of the app. The parameters of its address name the screen, so that the platform's own "back" works. */
export function ScreenPage({ params, shown }: { params: Partial<Record<string, string>>; shown: number }) {
  const [route] = useState(() => routeFrom(params))
  return (
    <RouteContext.Provider value={route}>
      <ShowCountContext.Provider value={shown}>
        <ScreenGuard />
      </ShowCountContext.Provider>
    </RouteContext.Provider>
  )
}
