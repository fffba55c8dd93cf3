import { useDidShow, useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { PlaceContext, ShownContext } from '../../app/hooks'
import { placeFrom } from '../../app/nav'
import { Gate } from '../../screens/gate'

/** The one page of the app: its address says which screen it shows, so that the platform's own "back" works. */
export default function ScreenPage() {
  const { params } = useRouter()
  const [place] = useState(() => placeFrom(params))
  const [shown, setShown] = useState(0)
  useDidShow(() => setShown((n) => n + 1))
  return (
    <PlaceContext.Provider value={place}>
      <ShownContext.Provider value={shown}>
        <Gate />
      </ShownContext.Provider>
    </PlaceContext.Provider>
  )
}
