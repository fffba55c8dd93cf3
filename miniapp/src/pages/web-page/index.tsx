import { WebView } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'

/** An external page. The operator has to register its domain with the platform. */
export default function WebPage() {
  const { url = '' } = useRouter().params
  // WeChat passes parameters on encoded, other platforms decode them. A URL must not be decoded twice.
  return <WebView src={url.includes('://') ? url : decodeURIComponent(url)} />
}
