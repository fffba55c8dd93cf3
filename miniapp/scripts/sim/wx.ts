// A stub of WeChat's API, with the sandbox behind it.
import { bare } from './bare'
import { type Device, end, failLater, newDevice, pictures } from './device'
import { gesture } from './gesture'
import { decode, form, lenient, pathOf, payConsent, post, relay, selectorQuery } from './sandbox'

type WeChat = typeof wx

const system = {
  platform: 'ios',
  system: 'iOS 17.0',
  language: 'zh_CN',
  SDKVersion: '3.8.12',
  windowWidth: 375,
  pixelRatio: 2,
}

/** `reports` is what the phone reports about itself: all that it can, or nothing. */
export function createWx(openId: string, reports: 'all' | 'nothing' = 'all', device: Device = newDevice()) {
  const { kept } = device
  const answers = ['reject', 'accept'] // the person declines at first
  const showing = new Set<(shown?: WxShown) => void>()
  const calls: Omit<WeChat, 'navigateTo' | 'setNavigationBarTitle'> = {
    request({ url, method, header, data, responseType, success, fail }) {
      if (!device.online) return failLater(fail, { errMsg: 'request:fail' })
      device.sent.push({ method, path: pathOf(url), data, headers: header })
      relay(url, method, header, data).then(({ status, headers, bytes }) => {
        const text = responseType !== 'arraybuffer' || status >= 400
        success?.({ statusCode: status, header: headers, data: text ? decode(bytes) : bytes })
      }, fail)
    },
    login({ success, fail }) {
      if (!device.online || !device.signsIn) return failLater(fail, { errMsg: 'login:fail' })
      form<{ code: string }>('/wechat/sandbox/code', { openid: openId }).then(({ code }) => success?.({ code }), fail)
    },
    requestFacialVerify({ verifyId, success, fail }) {
      const action = device.faces.shift() ?? 'pass'
      const shown = form<{ errCode: number }>('/wechat/sandbox/face', {
        verify_id: verifyId,
        openid: openId,
        action: action === 'closes' ? 'pass' : action,
      })
      if (action === 'closes') return // the app is closed before it gets the result
      shown.then((result) => (result.errCode === 0 ? success?.(result) : fail?.(result)), fail)
    },
    // WeChat Pay's mini-program, from which the person returns with a code, without one, or which is never opened.
    navigateToMiniProgram({ appId, path, extraData, success, fail }) {
      const action = device.consents.shift() ?? 'agree'
      if (action === 'stay') return failLater(fail, { errMsg: 'navigateToMiniProgram:fail cancel' })
      const left = action === 'leave' ? Promise.resolve({}) : payConsent(appId, path, extraData)
      left.then((data) => {
        success?.({ errMsg: 'navigateToMiniProgram:ok' })
        for (const listener of [...showing]) listener({ referrerInfo: { appId, extraData: data } })
      }, fail)
    },
    onAppShow: (listener) => showing.add(listener),
    offAppShow: (listener) => showing.delete(listener),
    // Like WeChat: one answer for each template, and no question outside of a tap.
    requestSubscribeMessage({ tmplIds, success, fail }) {
      if (!gesture.held) {
        fail?.({ errMsg: 'requestSubscribeMessage:fail can only be invoked by user TAP gesture.', errCode: 20_000 })
        return
      }
      const answer = answers.shift() ?? 'accept'
      const given = Object.fromEntries(tmplIds.map((template) => [template, answer]))
      const agreements =
        answer === 'accept'
          ? tmplIds.map((id) => post('/wechat/sandbox/accept', { openid: openId, template_id: id }))
          : []
      Promise.all(agreements).then(() => success?.({ errMsg: 'requestSubscribeMessage:ok', ...given }), fail)
    },
    setClipboardData({ data, ...options }) {
      if (device.copies) device.clipboard.push(data)
      end(options, device.copies, {
        errMsg: 'setClipboardData:fail api scope is not declared in the privacy agreement',
        errCode: 112,
      })
    },
    // The person picks the next of the prepared files, or leaves the choice.
    chooseMedia({ mediaType: [kind], success, fail }) {
      const path = device.picks.shift()
      if (!path) return failLater(fail, { errMsg: 'chooseMedia:fail cancel' })
      const size = Buffer.from(device.files.get(path) ?? '', 'base64').length
      setTimeout(() => success?.({ errMsg: `chooseMedia:ok ${kind}`, tempFiles: [{ tempFilePath: path, size }] }), 0)
    },
    ...pictures(device, { errMsg: 'saveImageToPhotosAlbum:fail auth deny' }),
    env: { USER_DATA_PATH: 'wxfile://usr' },
    onNetworkStatusChange: (listener) => device.listeners.add(listener),
    offNetworkStatusChange: (listener) => device.listeners.delete(listener),
    getStorageSync: (name) => kept.get(name) ?? '',
    setStorageSync: (name, value) => kept.set(name, value),
    removeStorageSync: (name) => kept.delete(name),
    getAppBaseInfo: () => ({ fontSizeScaleFactor: device.typeSize, fontSizeSetting: 17 * device.typeSize }),
    getSystemInfoSync: () => ({
      ...system,
      language: device.language ?? system.language,
      system: device.system ?? system.system,
    }),
  }
  return lenient({
    ...calls,
    canIUse: () => true,
    nextTick: (work: () => void) => setTimeout(work, 0),
    getLaunchOptionsSync: () => ({ path: 'pages/screen/index', query: {} }),
    createSelectorQuery: selectorQuery,
    ...(reports === 'nothing' ? bare : {}),
    ...device.api,
  })
}
