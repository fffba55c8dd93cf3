import { WebView } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'

/** A page of another house, from the list of domains that the operator has registered with the platform. */
export default function WebPage() {
  const { params } = useRouter()
  return <WebView src={decodeURIComponent(params.url ?? '')} />
}
