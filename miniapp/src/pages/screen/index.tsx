import { useDidShow, useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { RouteContext, ShowCountContext } from '../../app/hooks'
import { routeFrom } from '../../app/navigation'
import { ScreenGuard } from '../../screens/screen-guard'

/** The only page of the app. Its URL names the screen, so that the platform's own "back" works. */
export default function ScreenPage() {
  const { params } = useRouter()
  const [route] = useState(() => routeFrom(params))
  const [shown, setShown] = useState(0)
  useDidShow(() => setShown((n) => n + 1))
  return (
    <RouteContext.Provider value={route}>
      <ShowCountContext.Provider value={shown}>
        <ScreenGuard />
      </ShowCountContext.Provider>
    </RouteContext.Provider>
  )
}
