import { type Language, type Text, text } from './table'

/** Texts of the screens on appointments. They are loaded with those screens only, and are not part of strings. */
export const appointment = {
  title: text('预约窗口', '預約窗口', 'Book a time'),
  lead: text(
    '选择服务窗口和时间。预约不含姓名和证件，到场请携带证件原件。',
    '選擇服務窗口和時間。預約不含姓名和證件，到場請攜帶證件原件。',
    'Choose an office and a time. An appointment has no name and no document. Bring your original document.',
  ),
  office: text('服务窗口', '服務窗口', 'Office'),
  day: text('日期', '日期', 'Day'),
  dayFree: text('{day} {weekday}（余 {n}）', '{day} {weekday}（餘 {n}）', '{weekday} {day} ({n} free)'),
  weekdays: text(
    '周日 周一 周二 周三 周四 周五 周六',
    '週日 週一 週二 週三 週四 週五 週六',
    'Sun Mon Tue Wed Thu Fri Sat',
  ),
  times: text('可约时段', '可約時段', 'Times'),
  time: text('{from}–{to}（余 {n}）', '{from}–{to}（餘 {n}）', '{from}–{to} ({n} free)'),
  none: text(
    '目前没有可约的时段。可直接到窗口取号。',
    '目前沒有可約的時段。可直接到窗口取號。',
    'No time can be booked at present. You can come to the office and take a number.',
  ),
  noOffice: text('目前没有可预约的窗口。', '目前沒有可預約的窗口。', 'No office takes appointments at present.'),
  paused: text(
    '您 30 天内有 {n} 次预约未到场，{time} 前不能预约。仍可直接到窗口取号。',
    '您 30 天內有 {n} 次預約未到場，{time} 前不能預約。仍可直接到窗口取號。',
    'You missed {n} appointments in 30 days and cannot book before {time}. You can still come to the office and take a number.',
  ),
  missed: text(
    '您 30 天内有 {n} 次预约未到场。不能到场时请提前取消。',
    '您 30 天內有 {n} 次預約未到場。不能到場時請提前取消。',
    'You missed {n} appointments in 30 days. Cancel in time if you cannot come.',
  ),
  withdrawn: text(
    '您在“{office}” {time} 的预约已由窗口取消，因为届时不开放。这不算未到场。请另约时间。',
    '您在「{office}」 {time} 的預約已由窗口取消，因為屆時不開放。這不算未到場。請另約時間。',
    'The office cancelled your appointment at {office}, {time}, because it is closed then. It does not count as missed. Please book another time.',
  ),
  booked: text('您的预约', '您的預約', 'Your appointment'),
  when: text('时间', '時間', 'Time'),
  address: text('地址', '地址', 'Address'),
  code: text('预约码', '預約碼', 'Code'),
  slip: text('凭条码', '憑條碼', 'Slip code'),
  qr: text('预约码的二维码', '預約碼的二維碼', 'QR code of your appointment'),
  show: text(
    '到窗口后出示二维码或预约码取号。超过时段未到，预约作废。',
    '到窗口後出示二維碼或預約碼取號。超過時段未到，預約作廢。',
    'Show the QR code or the code at the office. The appointment ends with its time slot.',
  ),
  keep: text('打印或复制', '列印或複製', 'Print or copy'),
  copied: text('已复制', '已複製', 'Copied'),
  change: text('更改时间', '更改時間', 'Change the time'),
  keepTime: text('不更改', '不更改', 'Keep this time'),
  cancel: text('取消预约', '取消預約', 'Cancel the appointment'),
  cancelled: text('预约已取消。', '預約已取消。', 'The appointment is cancelled.'),
  arrive: text('我已到场，取号', '我已到場，取號', 'I am here: take a number'),
  officeTitle: text('现场取号', '現場取號', 'Take a number'),
  officeLead: text(
    '到场后再取号。已预约的也在这里签到。',
    '到場後再取號。已預約的也在這裡簽到。',
    'Take a number once you are here. With an appointment, check in here too.',
  ),
  unknownOffice: text(
    '此窗口不能在手机上取号。请向工作人员取号。',
    '此窗口不能在手機上取號。請向工作人員取號。',
    'This office gives out no numbers here. Ask its staff for one.',
  ),
  take: text('取号', '取號', 'Take a number'),
  signIn: text('登录后取号', '登入後取號', 'Sign in to take a number'),
  number: text('您的号码', '您的號碼', 'Your number'),
  elsewhere: text(
    '这是“{office}”的号码。要在此处办理，请向工作人员取号。',
    '這是「{office}」的號碼。要在此處辦理，請向工作人員取號。',
    'This is a number of {office}. To be served here, ask the staff for one.',
  ),
  before: text('前面还有 {n} 位', '前面還有 {n} 位', 'Before you: {n}'),
  waiting: text(
    '请留意叫号。此页会自动更新。',
    '請留意叫號。此頁會自動更新。',
    'Wait to be called. This page updates itself.',
  ),
  called: text('请到 {desk} 号窗口', '請到 {desk} 號窗口', 'Please go to desk {desk}'),
  served: text('已办理。', '已辦理。', 'You were served.'),
  absent: text(
    '叫号时您不在场。请告诉工作人员，或重新取号。',
    '叫號時您不在場。請告訴工作人員，或重新取號。',
    'You were not there when called. Tell the staff, or take another number.',
  ),
} as const satisfies Record<string, Text>

export type AppointmentKey = keyof typeof appointment

/** Returns a text in a language, with its placeholders replaced by values. */
export function appointmentText(
  language: Language,
  key: AppointmentKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return appointment[key][language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
