import { useDidShow, useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { ScreenPage } from '../../screens/screen-page'

/** The page of a mini-program. */
export default function Page() {
  const { params } = useRouter()
  const [shown, setShown] = useState(0)
  useDidShow(() => setShown((n) => n + 1))
  return <ScreenPage params={params} shown={shown} />
}
