import { memo, useLayoutEffect, useSyncExternalStore } from 'react'
import { type OpenPage, pages } from '../src/platform/web/pages'
import { ScreenPage } from '../src/screens/screen-page'

/** Renders every open page, and shows the last one. */
export function PageStack() {
  const open = useSyncExternalStore(pages.subscribe, pages.open)
  const top = open[open.length - 1]
  // biome-ignore lint/correctness/useExhaustiveDependencies(top): each page is shown from its beginning
  useLayoutEffect(() => window.scrollTo(0, 0), [top])
  return (
    <>
      {open.map((page) => (
        <div key={page.key} hidden={page !== top}>
          <Page page={page} />
        </div>
      ))}
    </>
  )
}

/** Pages below the one that is shown are not rendered again when the stack changes. */
const Page = memo(function Page({ page: { address, shown } }: { page: OpenPage }) {
  const params: Record<string, string> = {}
  new URLSearchParams(address.slice(address.indexOf('?') + 1)).forEach((value, name) => {
    params[name] = value
  })
  return <ScreenPage params={params} shown={shown} />
})
