import { describe, expect, test } from 'vitest'
import { canonicalRule } from './canonical-rule.ts'
import { EXAMPLE_NAMES, EXAMPLE_RULES } from './example-rules.ts'
import { readSentence } from './read-sentence.ts'
import { ruleSentence } from './rule-sentence.ts'
import { SENTENCE_LANGUAGES, type SentenceLanguage } from './sentence-language.ts'

/** What the example rules are in each language, as somebody who grew up with it would say them. */
const SAID: Readonly<Record<SentenceLanguage, readonly string[]>> = {
  en: [
    String.raw`Everybody`,
    String.raw`Customers who did “Order” at least 2 times in the last 90 days and whose country is “RO”`,
    String.raw`Customers who did not do “Order” in the last 21 days`,
    String.raw`Customers who did “Order” or “Renewal” where (“total” is at least 50 and channel is “web”) at least once at any time`,
    String.raw`Customers who did the touchpoint “Delivery” between 2 and 25 times in the last 3 months`,
    String.raw`Customers whose plan is one of “pro”, “team” or “max” or (whose group.account.seats is between 5 and 20 and who are not among those (who are in the segment “VIP”))`,
    String.raw`Customers whose birthday has its anniversary in the next 7 days`,
    String.raw`Customers whose “trial ends” is in the next 2 days`,
    String.raw`Customers whose total value over “Order” in the last 5 days is at least 100`,
    String.raw`Customers whose average rating over “Review” from 2026-01-01 to 2026-06-30 is between 1 and 2.5`,
    String.raw`Customers whose number of different days with any event in the last 48 hours is at least 3`,
    String.raw`Customers whose first “Order” was this week`,
    String.raw`Customers whose last “Order” was before 2026-01-01`,
    String.raw`Customers who did in order “Cart”, then “Order”, each at most 2 hours after the one before, all within 1 day, with no “Support” in between, in the last 30 days`,
    String.raw`Customers who left at step “Cart” of the map “Shop” v3 in the last 30 days`,
    String.raw`Customers who reached the goal of the map “Shop” v3 in the last 2 days`,
    String.raw`Customers whose latest NPS answer about the touchpoint “Delivery” with the words “late” in the last 30 days is at most 6`,
    String.raw`Customers who are on the list “Guests” and whose note contains “\“) or (”`,
  ],
  ro: [
    String.raw`Toți clienții`,
    String.raw`Clienți care au făcut „Order” de cel puțin 2 ori în ultimele 90 de zile și la care country este „RO”`,
    String.raw`Clienți care nu au făcut „Order” în ultimele 21 de zile`,
    String.raw`Clienți care au făcut „Order” sau „Renewal” unde (total este cel puțin 50 și canalul este „web”) cel puțin o dată oricând`,
    String.raw`Clienți care au făcut punctul de contact „Delivery” între 2 și 25 de ori în ultimele 3 luni`,
    String.raw`Clienți la care plan este una dintre valorile „pro”, „team” sau „max” sau (la care group.account.seats este între 5 și 20 și care nu sunt printre cei (care sunt în segmentul „VIP”))`,
    String.raw`Clienți la care birthday se aniversează în următoarele 7 zile`,
    String.raw`Clienți la care „trial ends” este în următoarele 2 zile`,
    String.raw`Clienți la care valoarea totală pentru „Order” în ultimele 5 zile este de cel puțin 100`,
    String.raw`Clienți la care media rating pentru „Review” de la 2026-01-01 până la 2026-06-30 este între 1 și 2.5`,
    String.raw`Clienți la care numărul de zile diferite cu orice eveniment în ultimele 48 de ore este de cel puțin 3`,
    String.raw`Clienți care au făcut prima dată „Order” săptămâna aceasta`,
    String.raw`Clienți care au făcut ultima dată „Order” înainte de 2026-01-01`,
    String.raw`Clienți care au făcut în ordine „Cart”, apoi „Order”, fiecare la cel mult 2 ore după precedentul, totul în 1 zi, fără „Support” între ele, în ultimele 30 de zile`,
    String.raw`Clienți care au plecat la pasul „Cart” de pe harta „Shop” v3 în ultimele 30 de zile`,
    String.raw`Clienți care au atins obiectivul de pe harta „Shop” v3 în ultimele 2 zile`,
    String.raw`Clienți la care ultimul răspuns NPS despre punctul de contact „Delivery” cu cuvintele „late” în ultimele 30 de zile are scorul de cel mult 6`,
    String.raw`Clienți care sunt pe lista „Guests” și la care note conține „\“) or (”`,
  ],
  ru: [
    String.raw`Все клиенты`,
    String.raw`Клиенты, которые совершили «Order» не менее 2 раз за последние 90 дней и у которых country равно «RO»`,
    String.raw`Клиенты, которые не совершили «Order» за последний 21 день`,
    String.raw`Клиенты, которые совершили «Order» или «Renewal», где (total не меньше 50 и канал — «web») хотя бы один раз за всё время`,
    String.raw`Клиенты, которые совершили касание в точке контакта «Delivery» от 2 до 25 раз за последние 3 месяца`,
    String.raw`Клиенты, у которых plan — одно из «pro», «team» или «max» или (у которых group.account.seats — от 5 до 20 и которые не входят в число тех (которые входят в сегмент «VIP»))`,
    String.raw`Клиенты, у которых birthday имеет годовщину в ближайшие 7 дней`,
    String.raw`Клиенты, у которых «trial ends» приходится на ближайшие 2 дня`,
    String.raw`Клиенты, у которых за последние 5 дней общая сумма за «Order» не меньше 100`,
    String.raw`Клиенты, у которых с 2026-01-01 по 2026-06-30 среднее rating за «Review» — от 1 до 2.5`,
    String.raw`Клиенты, у которых за последние 48 часов число разных дней, когда они совершили любое событие, не меньше 3`,
    String.raw`Клиенты, которые впервые совершили «Order» на этой неделе`,
    String.raw`Клиенты, которые в последний раз совершили «Order» до 2026-01-01`,
    String.raw`Клиенты, которые за последние 30 дней по порядку совершили «Cart», затем «Order», каждое не позже чем через 2 часа после предыдущего, всё за 1 день, не совершив между ними «Support»`,
    String.raw`Клиенты, которые ушли на шаге «Cart» карты «Shop» v3 за последние 30 дней`,
    String.raw`Клиенты, которые достигли цели карты «Shop» v3 за последние 2 дня`,
    String.raw`Клиенты, у которых последний ответ NPS о точке контакта «Delivery» со словами «late» за последние 30 дней имеет оценку не выше 6`,
    String.raw`Клиенты, которые входят в список «Guests» и у которых note содержит «“) or (»`,
  ],
  el: [
    String.raw`Όλοι οι πελάτες`,
    String.raw`Πελάτες που έκαναν «Order» τουλάχιστον 2 φορές τις τελευταίες 90 ημέρες και των οποίων το country είναι «RO»`,
    String.raw`Πελάτες που δεν έκαναν «Order» τις τελευταίες 21 ημέρες`,
    String.raw`Πελάτες που έκαναν «Order» ή «Renewal» όπου (το total είναι τουλάχιστον 50 και το κανάλι είναι «web») τουλάχιστον μία φορά οποτεδήποτε`,
    String.raw`Πελάτες που έκαναν το σημείο επαφής «Delivery» από 2 έως 25 φορές τους τελευταίους 3 μήνες`,
    String.raw`Πελάτες των οποίων το plan είναι ένα από «pro», «team» ή «max» ή (των οποίων το group.account.seats είναι από 5 έως 20 και που δεν είναι ανάμεσα σε εκείνους (που ανήκουν στο τμήμα «VIP»))`,
    String.raw`Πελάτες των οποίων το birthday έχει επέτειο μέσα στις επόμενες 7 ημέρες`,
    String.raw`Πελάτες των οποίων το «trial ends» είναι μέσα στις επόμενες 2 ημέρες`,
    String.raw`Πελάτες των οποίων η συνολική αξία από «Order» τις τελευταίες 5 ημέρες είναι τουλάχιστον 100`,
    String.raw`Πελάτες των οποίων ο μέσος όρος του rating από «Review» από 2026-01-01 έως 2026-06-30 είναι από 1 έως 2.5`,
    String.raw`Πελάτες των οποίων ο αριθμός διαφορετικών ημερών με οποιοδήποτε συμβάν τις τελευταίες 48 ώρες είναι τουλάχιστον 3`,
    String.raw`Πελάτες που έκαναν για πρώτη φορά «Order» αυτή την εβδομάδα`,
    String.raw`Πελάτες που έκαναν για τελευταία φορά «Order» πριν από 2026-01-01`,
    String.raw`Πελάτες που έκαναν με τη σειρά «Cart», έπειτα «Order», το καθένα το πολύ 2 ώρες μετά το προηγούμενο, όλα μέσα σε 1 ημέρα, χωρίς «Support» ενδιάμεσα, τις τελευταίες 30 ημέρες`,
    String.raw`Πελάτες που έφυγαν στο βήμα «Cart» του χάρτη «Shop» v3 τις τελευταίες 30 ημέρες`,
    String.raw`Πελάτες που πέτυχαν τον στόχο του χάρτη «Shop» v3 τις τελευταίες 2 ημέρες`,
    String.raw`Πελάτες των οποίων η τελευταία απάντηση NPS για το σημείο επαφής «Delivery» με τις λέξεις «late» τις τελευταίες 30 ημέρες έχει βαθμό το πολύ 6`,
    String.raw`Πελάτες που βρίσκονται στη λίστα «Guests» και των οποίων το note περιέχει «“) or (»`,
  ],
  zh: [
    String.raw`所有客户`,
    String.raw`最近 90 天内做过“Order”至少 2 次，且其 country 是“RO”的客户`,
    String.raw`最近 21 天内没有做过“Order”的客户`,
    String.raw`任何时候做过“Order”或“Renewal”，其中（total 至少为 50 且渠道是“web”）至少 1 次的客户`,
    String.raw`最近 3 个月内做过触点“Delivery” 2 到 25 次的客户`,
    String.raw`其 plan 是“pro”、“team”或“max”之一，或（其 group.account.seats 介于 5 和 20 之间，且不属于以下任何一类（属于分群“VIP”））的客户`,
    String.raw`其 birthday 的周年日在未来 7 天内的客户`,
    String.raw`其“trial ends”在未来 2 天内的客户`,
    String.raw`其最近 5 天内“Order”的总金额至少为 100 的客户`,
    String.raw`其 2026-01-01 至 2026-06-30 “Review”的 rating 平均值介于 1 和 2.5 之间的客户`,
    String.raw`其最近 48 小时内有任何事件的不同天数至少为 3 的客户`,
    String.raw`首次“Order”发生在本周的客户`,
    String.raw`最后一次“Order”发生在 2026-01-01 之前的客户`,
    String.raw`最近 30 天内依次做过“Cart”，然后“Order”，每步间隔不超过 2 小时，全程不超过 1 天，期间没有“Support”的客户`,
    String.raw`最近 30 天内在旅程图“Shop” v3 的步骤“Cart”流失的客户`,
    String.raw`最近 2 天内达成旅程图“Shop” v3 的目标的客户`,
    String.raw`其最近 30 天内对触点“Delivery”的最近一次 NPS 回答，含文字“late”，评分至多为 6 的客户`,
    String.raw`在名单“Guests”中，且其 note 包含“\“) or (”的客户`,
  ],
}

describe.each(SENTENCE_LANGUAGES)('in %s', (language) => {
  test.each(SAID[language].map((said, i) => [said, EXAMPLE_RULES[i]] as const))(
    '[SW2] %s',
    (said, rule) => {
      if (rule === undefined) throw new Error('a sentence without a rule')
      expect(ruleSentence(rule, language, EXAMPLE_NAMES)).toBe(said)
      expect(readSentence(said, language, EXAMPLE_NAMES)).toEqual({
        ok: true,
        rule: canonicalRule(rule),
      })
    },
  )
})

test('[SW2] every example is said in every language', () => {
  for (const language of SENTENCE_LANGUAGES) {
    expect(SAID[language]).toHaveLength(EXAMPLE_RULES.length)
  }
})

test('[SW2] counted words have the form of their number', () => {
  const times = (language: SentenceLanguage, n: number) =>
    ruleSentence(
      {
        kind: 'did',
        event: { kind: 'event', names: ['A'] },
        times: { op: 'eq', value: n },
        window: { kind: 'last', n, unit: 'days' },
      },
      language,
      EXAMPLE_NAMES,
    ).split('A')[1]
  expect([1, 2, 5, 21].map((n) => times('ru', n))).toEqual([
    '» ровно один раз сегодня',
    '» ровно 2 раза за последние 2 дня',
    '» ровно 5 раз за последние 5 дней',
    '» ровно 21 раз за последний 21 день',
  ])
  expect([1, 2, 20, 101].map((n) => times('ro', n))).toEqual([
    '” exact o dată astăzi',
    '” de exact 2 ori în ultimele 2 zile',
    '” de exact 20 de ori în ultimele 20 de zile',
    '” de exact 101 ori în ultimele 101 zile',
  ])
})
