// A stub of Alipay's API, with the sandbox behind it. Like Alipay, it treats every status except 2xx as a failure.
import { bare } from './bare'
import { type Device, end, failLater, newDevice, pictures } from './device'
import { decode, form, lenient, pathOf, post, relay, selectorQuery } from './sandbox'

type Alipay = typeof my

const system = {
  platform: 'iOS',
  system: '17.0',
  language: 'zh-Hans',
  SDKVersion: '2.9.0',
  windowWidth: 375,
  pixelRatio: 2,
}
const networkLost = 12
const httpError = 19
const declined = 11

/** `reports` is what the phone reports about itself: all that it can, or nothing. */
export function createMy(openId: string, reports: 'all' | 'nothing' = 'all', device: Device = newDevice()) {
  const { kept } = device
  const answers = ['cancel', 'subscribe'] // the person declines at first
  const calls: Omit<Alipay, 'navigateTo' | 'setNavigationBar' | 'call'> = {
    request({ url, method, headers, data, dataType, success, fail }) {
      if (!device.online) return failLater(fail, { error: networkLost })
      device.sent.push({ method, path: pathOf(url), data, headers })
      relay(url, method, headers, data).then(
        ({ status, headers: got, bytes }) => {
          const reply = {
            status,
            headers: got,
            data: dataType === 'arraybuffer' && status < 300 ? bytes : decode(bytes),
          }
          if (status < 300) success?.(reply)
          else fail?.({ ...reply, error: httpError })
        },
        () => fail?.({ error: networkLost }),
      )
    },
    getAuthCode({ scopes: [scope = ''], success, fail }) {
      if (!device.online || !device.signsIn) return failLater(fail, { error: networkLost })
      if (scope === 'auth_user' && !device.givesIdentity) return failLater(fail, { error: declined })
      form<{ auth_code: string }>('/sandbox/code', { open_id: openId, scope }).then(
        ({ auth_code }) => success?.({ authCode: auth_code }),
        fail,
      )
    },
    // The person picks the next of the prepared files, or leaves the choice.
    chooseImage({ success, fail }) {
      const path = device.picks.shift()
      if (path) setTimeout(() => success?.({ apFilePaths: [path] }), 0)
      else failLater(fail, { error: declined })
    },
    chooseVideo({ success, fail }) {
      const path = device.picks.shift()
      if (path) setTimeout(() => success?.({ tempFilePath: path }), 0)
      else failLater(fail, { error: declined })
    },
    startAPVerify({ certifyId, url }, callback) {
      const action = device.faces.shift() ?? 'pass'
      const shown = fetch(url).then(() =>
        form<MyVerified>('/sandbox/face', {
          certify_id: certifyId,
          open_id: openId,
          action: action === 'closes' ? 'pass' : action,
        }),
      )
      if (action === 'closes') return // the app is closed before it gets the result
      shown.then(callback, () => callback({ resultStatus: '6002', result: null }))
    },
    requestSubscribeMessage({ entityIds, success, fail }) {
      if (entityIds.length === 0 || entityIds.length > 3) return failLater(fail, { errorCode: 203 })
      const behavior = answers.shift() ?? 'subscribe'
      if (behavior === 'cancel') return failLater(fail, { errorCode: 11, errorMessage: '用户取消订阅' })
      const agreements = entityIds.map((id) => post('/sandbox/accept', { open_id: openId, template_id: id }))
      const result = {
        subscribedEntityIds: entityIds,
        currentSubscribedEntityIds: entityIds,
        unsubscribedEntityIds: [],
      }
      Promise.all(agreements).then(() => success?.({ behavior, result }), fail)
    },
    setClipboard({ text, ...options }) {
      if (device.copies) device.clipboard.push(text)
      end(options, device.copies, { error: 4 })
    },
    ...pictures(device, { error: 2001 }),
    env: { USER_DATA_PATH: 'https://usr' },
    onNetworkStatusChange: (listener) => device.listeners.add(listener),
    offNetworkStatusChange: (listener) => device.listeners.delete(listener),
    getStorageSync: ({ key }) => ({ data: kept.get(key) ?? null }),
    setStorageSync: ({ key, data }) => kept.set(key, data),
    removeStorageSync: ({ key }) => kept.delete(key),
    getSystemInfoSync: () => ({
      ...system,
      language: device.language ?? system.language,
      system: device.system ?? system.system,
      fontSizeSetting: 16 * device.typeSize,
    }),
  }
  return lenient({
    ...calls,
    canIUse: () => true,
    nextTick: (work: () => void) => setTimeout(work, 0),
    getLaunchOptionsSync: () => ({ path: 'pages/screen/index', query: {} }),
    createSelectorQuery: selectorQuery,
    ...(reports === 'nothing' ? { ...bare, requestSubscribeMessage: undefined } : {}),
    ...device.api,
  })
}
