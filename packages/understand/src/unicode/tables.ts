/**
 * Letters of Unicode 17.0 by script: see scripts/make-unicode-tables.mjs. Each word is a class, how far it
 * begins from the end of the one before, and how much longer than one it is, in base 36.
 */
export const LETTERS = `
  P4p L1 P4 O7 L5 L6-m L2-u L2-cg O1-8 O5-b Lf-4 E6-1 O1 O2 Mi-26 M2-v G1-3 O1 G1-2 G3-3 G2 G5 G2 G2-2
  G2 G2-j G2-2k C1-3o M1-1 C1-4o A2-11 A3-1d A3-2 R2-1i R9-q R5-5 Ri-5 R2-d R3-1 R2-v O1 R1-9 M1-a
  R1-p M1 R1-2z R2-1b R3-1m R3-2s Rf-1m R3-2 O1-l M1-3 O1 M1-8 O1 M1-2 O1 M1-4 Oj-o M1-2 R5-a R6-v
  R8-22 R2-s M1-3 O1-1h M1-2 O1 M1-h O1 M1-6 O1-9 M1-1 Oe-f M1-2 O2-7 O3-1 O3-l O2-6 O2 O4-3 M3 O1
  M1-6 M3-1 M3-2 O1 M9 O5-1 O2-2 M1-1 Od-1 Ob M2 M3-2 O2-5 O5-1 O3-l O2-6 O2-1 O2-1 O2-1 M3 M2-4 M5-1
  M3-2 M4 O8-3 O2 Mi-1 O1-2 M1 Mc-2 O2-8 O2-2 O2-l O2-6 O2-1 O2-4 M3 O1 M1-7 M2-2 M2-2 O3 Og-1 M1-1 Om
  M1-5 M2-2 O2-7 O3-1 O3-l O2-6 O2-1 O2-4 M3 O1 M1-6 M3-1 M3-2 M8-2 O5-1 O2-2 M1-1 Oe Mh O1 O2-5 O4-2
  O2-3 O4-1 O2 O2-1 O4-1 O4-2 O4-b M5-4 M4-2 M2-3 O3 M7 M15-4 O1-7 O2-2 O2-m O2-f M3 O1 M1-6 M2-2 M2-3
  M8-1 O2-2 O2-1 O3-1 M1-1 Ot M1-2 O2-7 O2-2 O2-m O2-9 O2-4 M3 O1 M1-6 M2-2 M2-3 M8-1 O6-2 O2-1 M1-1
  Oe-1 M1 Md-3 O1-8 O2-2 O2-14 M1-1 O1 M1-6 M2-2 M2-3 O1 O6-2 M1 O8-2 M1-1 On-5 M2-2 O2-h O4-n O2-8 O2
  O3-6 M4 M5-5 M2 M2-7 Mj-1 Oe-1b M1 O1-1 M1-6 O6-6 M1-7 O1f-1 O2 O2-4 O2-n O2 O2-9 M1 O1-1 M1-8 O1
  O3-4 O2 M2-6 Oe-3 Ox Mo-1 Ms M2 M2 M5-1 O1-7 O2-z M5-j M2-1 O1-4 M1-a M2-z Ma O1m-16 M1-j O1 Oh-5
  M1-3 O1-3 M1-2 O1 M1-2 O1-1 M1-6 O1-2 M1-3 O1-c M1-b O1 M1 Mb-3 O3-11 O2 O6 O3-16 O2-3 E1-2m E3-4e
  O1-20 O2-3 O3-6 O2 O2-3 O3-14 O2-3 O3-w O2-3 O3-6 O2 O2-3 O3-e O2-1k O2-3 O3-1u M3-2 Ox-f Th-2d T3-5
  O4-h7 O3-g O2-p O6-22 O7-7 O8-h M1-3 Oa-i M1-2 Oc-h M1-1 Od-c O2-2 M2-1 Od-1f M3-t O4 O5 M1 O1v-2g
  O8-4 M1-1 O1-x M1 O1 O6-1x Ob-u M2-b M5-b Ol-t O3-4 Oc-17 O5-p O1j-m M1-4 O5-1g M1-9 M2-s M3 O14
  M9-19 M3-b Ml-4 O1-1a M1-g O1-7 Mv-8 Md-2 O1-t M1-c O1-1 Ob-17 M1-d Od-z M1-j Om-2 Ob-z C3-a O6-16
  O3-2 Mh-2 M2-k O1-3 M1 O1-5 M1 O1-1 M1-2 O1 L6-11 G1-4 C1 L1-1c G1-4 L1-3 G1-4 L1-c C1 L1-1x G1
  M1-1r L1-73 G1-l G3-5 G3-11 G3-5 G3-7 G2 G2 G2 G2-u G3-1g G2-e G2-d G3-5 G2-i G3-2 G2-8 P1q Pd L14
  Le Lh-c M1g-w Oi O5 O3-9 O2 O4-4 P5 O2 G2 O2 L2-1 O1-1 O2-2 L1 O1-5 P1 O3-3 O6-4 L5 Li-14 Pc-5 Pg-1
  Pa8-1 Pd P4n Pq-a P5-2 P5k P6g-1 Pb Pa P1n-3 P2-4 Pa P3 P3-1 P3 P5 P3 P2-1 P3 P4 P4-1 P9-2 P6 P2
  P6-b Pc-1 P3 P2-1 P2 Pj P3-1 Pj-5 P2 P2-1 P4-1 P6 P3-1 P5-1 Pc-1 P6-1 P3 P6-1 P2 P2-1 Pl-1 P6-5 P2-3
  P3 P5 P3 P3-5 P2 P3 P2 P2 P7 P4 P7 Pb-1 Pg P3 P5 P2 P5-2 P2 Pc-1 P1d-2 Pa Pf Pf Pad-1 Pcw-2 Pk-1 P1g
  P5 O4r-2n L1-v G1-37 G6-6 O1-11 O2 O6 O3-1j O8 Mg O1-m Oa-6 O2-6 O2-6 O2-6 O2-6 O2-6 O2-6 O2-6 C2-v
  O1c E29-p E2-2g Ed-5x E1c O1 E1 Eq-8 M1-3 E1-1 P1 O1-4 E3-3 O1 P1 E4-2d M3-1 E3-2 E2-2h O2 E1-2
  E6-16 E2-1e E2-15 Ei-v E1d-1a E1u-u Pp P2 E1j-1a E2-2f E4p-533 E1t-g73 O1-wc T1w-1b O1-7g O4-f Ob-1
  Cl-2n O1-1x Mb-1 O12-8 L3-2t O1 L3-29 Ll-e O1-1 M1 O1-2 M1 O1-3 M1 O1-m M1-4 M5 Ok-1f Md-1 O1-1d
  M1-h Mr-h O1-5 O4 O2-1 M1 Ob-r M1-7 O3-m M1-c Ed-s M4-3 O1-1a M1-d Of Oh-4 M1 O1-9 Ob-4 O2-14 M1-d
  Oa-2 M1 O1-7 M1-1 Oj-m O4 M1-2 O1-1d M1 O1 M1-2 O1-1 M1-1 O1-4 M1-1 O1 M1 O1 Op-2 O3-a M1-4 O3-2
  M1-1 Ob-5 O3-5 O3-5 Oa-6 O2-6 L2-16 L2-8 G1 L1-3 T7-27 O1-y M1-7 M2-1 Ej-8mb Ed-m E5-1c E6it-a5
  E3-2x L13-6 Ad-4 R6-p R2-4 R2 R2-1 R2-1 R2-dz R3-3z Rx-f Mx-d C1-1 R1t-4 R2-3q L11-p L7-p Ec-9 O1
  E1-18 O1-1 E2-t E4-5 E3-5 E3-5 E3-2 O10-b O2-p O2-i O2-1 O2-e O3-d Oz-3e G1y-26 Gi M2l O3n-s O4-1c
  Mg Ow-v Oe-j O2-7 O7-11 M1-4 O6-t O3-z O5-7 O1d-4d Oj-z O5-z O5-13 O9-1f Od-a O2-e O2-6 O2-1 O2-a
  O2-e O2-6 O2-1 O4-1f Od-8m Oa-l Ob-7 Lp-5 L2-15 L2-8 O1y-5 O3 O2-17 O2-1 O4 O3-m Ob-m Oa-u O1u-i
  O2-1 Ob-l Ob-p O7-p O13-1j O7-1 O1t M1-2 M2-1 M6-3 O1-3 O2-2 O2-s M3-2 M5 Ox-s O4-s O10-7 O2-r M1-1
  Oq-1h Ob-l Ob-i Oe-h O33-20 O1k-1e Oe-1e Oe-z M1-3 Oz-r M4-4 O2-m R63-u O2-15 M2-1 O4-1 Rh-5 R9-8
  Ry-5 O1-s Ob O9-l M1-a Ow-h M1-3 O17-k Os-m Ma-2 O1-1g M1-e M16 O1-1 M1-1 O1 Ma-3 O1-18 M1-a M8 Oe-o
  Mo-2 O1-z M1-d Og M1-1 O1 O9-y M1 O3 Ma-2 O1-1b M1-d O1-3 M5-3 M2-1 Ob O2 O10-h O2-o M1-b M7 O1-1 M1
  O1r-6 O2 O2-3 O2-e O2-9 O8-1a M1-b Mm-3 O2-7 O3-1 O3-l O2-6 O2-1 O2-4 M2-1 O1 M1-6 M3-1 M3-2 O3 M7
  O6-4 M1-1 M3-6 M4-4 Oc-9 O2 O3 O2-11 O2 M1-8 M2 M3 M2-3 M2-4 O1 M1 O1 Me-1 Ou-1g M1-h O1-3 Mk O1-2
  Ov-1b M1-j O1-1 O2 O55-1a M1-6 M3-8 Oo-3 M1-1 Oz-1b M1-g O4 O1o-16 M1-c O1 O20-q M3-e Ol-6 O56-17
  M1-e O2u-1r Ow-7 O3 O3-7 O2-1 O2-n M1-5 M2-1 M3-3 O1 M1 O1 M1-1 O2l-7 O3-12 M1-6 M3-6 O1 O2 M1 Os
  M1-9 O1-13 M1-6 O1 M1-3 M9 O9 M1-a O1-19 M1-f O4 Oj-20 M2w-7 O2h-w Ow-8 O2-10 M1-7 M2-7 O1 O1e-t
  M3-l M2-d O22-6 O2-1 O2-11 M1-5 M4 M2-1 M2-6 O1 M1 Op-5 O2-1 O2-v M1-4 M2-1 M2-4 O1 Oo-17 O79-i M1-3
  Ma-1 O1 M1 O1-c O2-x M1-6 M4-4 Mo T2e O28-pl O6f-5f O219-2o Og-tr Mh O1-5 M1-e Ob-32y O6-g6 O5a2-t
  M1-h O1ch-fs O8-u Oi-26 Oi-t M3-4 Oc-1b M1-6 Oa-3 Ow-k O6-i Oc1-18 O5w-1r Ox-o O3-o O19-22 M5 O1
  M1-1i M8-3 O1-c O1t-1 E1-1 M1 Ec-6 Oa-5p1 O16-v O2q-36 E6pq-3 E2-6 E2-1 E2-82 Eg Eu-2 E3 Ef-3 O9-az
  O1s5-2y O6-c O4-8 O8-9 M4-1 M3mq-19 M3-m Mf3-4 M4-5 M9-7 M3-6 Mv-3 G2b-1x Ocb-2c O2-1y O2-1 O3 O3-1
  O3-3 O2-b O2 O2-6 O2-1s O2-3 O3-7 O2-6 O2-r O2-3 O2-4 O2 O4-6 O2-9f O3-o O2-o O2-u O2-o O2-u O2-o
  O2-u O2-o O2-u O2-o O2-7 Mfp-1i M5-1d M9 Mf Mn-4 M2-e Lup-u L7-5 M5y-6 M2-g M3-6 M2-1 M2-4 C6-1p Cy
  O35-18 M4-6 O1-6 Oh O8y-t M1 Oi-17 M1-3 Odd-r M1-3 O69-t M1-1 O1 O5s-u O2-2 M1 O1-1 M1 O1-6 M1-1
  O1-4 M1 O9-1 O69-6 O2-3 O2-1 O2-e O2-5g Mc-6 O16-1v M1-6 O1 Rxh-3 R2-q R2-1 R2 R3 R2-9 R2-3 R2 R2 R7
  R5 R2 R2 R2-2 R2-1 R2 R3 R2 R2 R2 R2 R2-1 R2 R3-3 R2-6 R2-3 R2-3 R2 R2-9 R2-g R6-2 R2-4 R2-g R1h-1
  P7n P14-3 P2t-b Pg-1 Pg Pf-1 P12-9 P35-1 Pd-1 Pf P3-9 Pk-29 E1 P1-e Pb Pl P3-8 P2-3 Pa-m P7-57 P3-33
  P3-1 P2-2 P3-2a P3-2 P2-7a P2-1q Pc-5 P2-n P8-1 P3-7 Pd P3-3 P3 P5-1 Pe-1 P3 P9-1 Pa P6-2 Pd-2 P9-2
  P3 P2 P5 P7 P4 P7-2d P1d-1x P6-7 P3-g P4 P2-5 P3-c P63-11 Pd-3 P1l-7 Pb-5 P15-7 Pv-1 Pd-3 P3-d Pa-12
  Pd-1a P2-9 P2-54 P2h-7 Pf-41 P75-sd E3-wyn Ex-3dp E3-4gd E3-5rk Eg-h9 E1wj-f1 E15v-3t6 E6-6jt
`;
