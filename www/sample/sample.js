// The sample: a certificate, its private key and its chain, made for this page and for nothing else. Its password is "sample".
//
//   openssl req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.crt -days 7300 -subj '/CN=Sample Root CA (not real)' \
//     -addext keyUsage=critical,keyCertSign,cRLSign
//   openssl req -newkey rsa:2048 -nodes -keyout ca.key -out ca.csr -subj '/CN=Sample Issuing CA (not real)'
//   openssl x509 -req -in ca.csr -CA root.crt -CAkey root.key -days 7300 -out ca.crt -extfile ca.txt
//   openssl req -newkey rsa:2048 -nodes -keyout user.key -out user.csr -subj '/CN=Sample User (not real)'
//   openssl x509 -req -in user.csr -CA ca.crt -CAkey ca.key -days 7299 -out user.crt -extfile user.txt
//   openssl pkcs12 -export -inkey user.key -in user.crt -certfile <(cat ca.crt root.crt) -name sample -passout pass:sample \
//     -out sample.p12
//
// ca.txt: basicConstraints=critical,CA:true,pathlen:0 and keyUsage=critical,keyCertSign,cRLSign. user.txt:
// subjectAltName=email:sample@example.com, keyUsage=critical,digitalSignature, extendedKeyUsage=clientAuth,emailProtection.

export const PASSWORD = 'sample';

const BASE64 =
  'MIIRTAIBAzCCEQIGCSqGSIb3DQEHAaCCEPMEghDvMIIQ6zCCC0IGCSqGSIb3DQEHBqCCCzMwggsvAgEAMIILKAYJKoZIhvcNAQcBMFcGCSqGSI' +
  'b3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhgsK/sv0dNogICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEBQ5myhoArCzbIdwoQmPMouA' +
  'ggrAYpRYZ1qHMtbd7XoVl/0grZIASQrEZnU5uKBPmRq55ubLekbbWzQvUGANi7KHdF6Y5FNXY9H9P1L+EsLe/CFiuEGeurgUKRS7goqTsxusoH' +
  'bTS/Ijke1oBqT37pPgdaUN8DD93wd0SURdHsybQtSTOC1XtnMMcoXZ7QEbyyTgaMJ1zFczGW5XlPmahWIH+IvpeCowQKyZRbUjWG+KlL4B48UP' +
  'F62Ooe5ZycFt9uGx2/iINxKpOKZ9douwMC6/ZoqS03PoyxALuAcsBrrGP0rWKR3vlXs3brKk9IXm9mySCUFJ+e42o9Jr3Jgy4MU6oRDQaX8JG+' +
  '89mlIPB6VnQliqF1B57aOyJw//nL44Xz1uiohgPujZRwKsu8oTRDM8XwMMfFCrl6IN0zKb5TV/A1Ueyd7FFJpFdyE91jJg9RXNmeRTCvvjkVOx' +
  'wqjCdKPhcamQ29bPEuCF5wVyKMsmms2jc4FBPfgC3ygLUjsHV3tD5wXApb/IlKOV/bQ8Itc5mwzXOJjvUWnTuKF9RArxYlVzO/vXIhUHB9xUng' +
  'VkGBxAhYLS25F5yag49T1Cq7n3ZFxc/dYJDiXFDnO2z0apv2iAieNMT7PHvZ83ljuAo4Jp7oJKBDut+KfDzSjEBnsfFBDOGstECL6Fo7jtvDXr' +
  'fgdTOm4JWT+EMoaPnlrCH82vDKURfq/QxdyIHzus069rxVLaNEPsudnx6FrYQnitOfpuF/BR43FLX3kYCJe58pLzVenrDSWDCQpPJ5JSeY3NgF' +
  'ODw87Rb3/Y/Bmuj89iWGB0i7p1zvLkeuid7xnpavtmy/Y6AjCeFOY2svN9PXXl+EP2Yjy0Oaf051NZN2YQXXaCYGyEJrmPhciShkGAYJDxn5+e' +
  '9diSdJvNNKAc21GwzyC5zXd3BPRVjyQv/fg+Xwpf5BcwuPhcRcNeUG8q7yY1vcbaq7WOVdFTLoyY8ZoDhvBSyFBLQpyiGFpKZ80gDWq1rKS9gF' +
  'HCTQ1Vsn93Y4rcX5p0Gkv7ZWuFAMSmwPtz5zX9tlTgoLWG2OlsWTpJKXEGFmzvm/S/6blwa5lKAX/VLwbqse5bnYVNZNKVXwbD8corVL3jbRGI' +
  '6W+TQJU92f0mTWTvli6/Z60PaixJ1ZtqnI1J+6YbsUjqdj1Vg8VX3QLMS9rHDJ2oRBUVHutTg8MuBS8OFsm6Uuqu6yImJuTjvBD/UrM0q/g3r1' +
  'eINX4ZbqPA2W+6WCZtcFSZMr2T1CqlYfyUZT8BDlpLMzp0ORuKLDl+8OBOm8NM15TxjsjlHhG5p+6TqHuYg+IpKs/iRsQKgRVGNHtx56jMsoTe' +
  '4UlJlNjGFVp4194Tsx4gjEO4JzrEJwlENTwWldqPIQyevvpf7G+mxIdMfiEeXjAmfhKwAZsZtkrVKF1Ls7y/Wz+hGL9fem80YYwZgDQHd1Q3Zt' +
  'RaB6aArNi+gUZqu31yl1cXdsmmUEF+6K8YJ5A+3t109jHaHJmycMmIT2ncYVjtkVWLIY+p9XVmReU87ILOmpX47oSlTli7sZYNP2Fg4Un9BwNX' +
  'z7gI5TxxmkTTI1vWnUtnPuMcosN3BFQE1EBv90sxsh6QatRZrkDDQUAhr/qdrdEgvf4AdZDkU19vtW5U3VxwJXWMvk1NkWHhRJ49Vc0DQxzgqO' +
  'uCw2TQm1ck/rkOy9YNZNog05KANaHcjlHD/94LjEGh97+25fAE8v7TlEPtTwujZSnEi2YbAn+deqpP0CaCy0zASdb15+12Ri3SJ+r4wPcjVjm+' +
  'mNYCs3QGpKHx+5PoFJoBIzYqKtGCQkKoO1xYTAZEn/g3Jser3+A/ntoLLWnqGKcoxpMbdflZoOI3DmJkkOjur0pvCZqM8yTqIJVadT5qs9oll1' +
  'Lsf6pjFYEpC7leDcDQvj7zv1FcnoDi9SWaSd7JuUd7UrlFIbuKTvUrgWXNV2250UFy8q30Otx5fuFKqDMoad9hcbBwvAxv6ed8/DSf0rl/ObsG' +
  '+feeygdchTjfDexqvEoublbjbdYNkHnMlQHZu9WrK3CEOgXl89pwfenoTiKsVi0F3+B+41T0PKoyXvwiUfT1Huz3/ltNTdi4wlbGxVBQ+o+Zvb' +
  'o4NzVr0i1J92YCKITuTS2rkA1o/XcpBtdVuwgZiarcUw5b8e43Am9FBYr8bqeHuNHp4lUEKaBOTflEq5hPN5Le6cgIKEDt/Udw8R6KcR+N7Rgd' +
  'vvBmwSQjgbUhgmEiTj7cv254381N9ZHo2jWHWLjDrRzC/n68JfYdlkg3NSgKk4971zX4sZroxRnvjPqHtV8nUzfOdESm71I65QHMe01P6osJYN' +
  '+D2RW+24TbmhrmpEvPI/U89DKNOZUhr5gFR+0n3i4l9VdYXR7rDrOFcR9y0wReS5RMrPua7P/hQJYusxricwWuA/7Qs10qLk5HOlXkxO9C6C7E' +
  'Grc1OmctYZiszqUX64DqWZZgZZRvUf5GXnIZk195hCMHq6zRdQYUN4PwnFrLUW+oTYt4tZMaLnhYBJ5MfrnKq51Upr3lgJpuPSYwFcuRPStnmh' +
  'ZrZ6TnhDIUxgtFSUiKlKbc2EYgNe+K692pTCwuLm3FS99h/tScxydY62Umz38GneMjfcsA3lMHGcVGXhzkktM0Ig2agY00GGjt+xffiWYCjXdS' +
  'YrMPIk/lprkmGWPfxnjPq/0yXebkfiK5PKFlJypPYfBWENsoCvW9S9nhvGtGzKyszdqpsLwWkcHyY4y//bWG51cFJ5ImxfIoy3PD70rIiRJiqf' +
  'CeC1gvwVMaJguSNZpt2H0ovg36NLsbXm0TjCZIYIeelaKHG1nCxgPeaXi52iRDAwsEw3HajRLr099EMQ56KNPxtUNLmFco0w2U3i+jdsEBH13m' +
  'Y1JMqyEIfNy87XWfVPrMlou1rmBz7UwuRcwSQO1c8BiMgNHS/iDsScX0zfaYIjuRhyxyplp4/klOmtWTF38Lsr2bASeCIYTlS0YgAngtyi0vqu' +
  'z/jaSIrEWrjwsJuEcxTeePY9+9quU3ocAnX8pj+0aq6AGws2fJ4ggr5xZk2njaTTB29uGSe94liiLE7+mHMBza2/5Kk96mIUIFtmUyoKah6LZI' +
  'ubxiI9HPq8HRkaMGVthwmc6OxK+FxcJ6alD8+FI+0eR03Y7iu0I3zBkNgXTpCbSWpQN+t1/QpqCD3uB2F4ZGBWEIwZBZYPxpuafNV8lLEZWTC9' +
  'Q0hGu6HHVnLUnh636NhAZWIVs1UvaSNhfapqkeLUMyEiqn6q7E5eSFVxc13sPQRIY8Ml8W9wdDXwn+TlN1ShCVaFCwFBZV1Dhv6aVZLqfo3PIA' +
  'JBSVariZERafUd8afK5Q79pEOl1WKjqA0AzQ/tGfT29uZDqCCZgSORfhBs2CUR7fQfj7HXpTJqBB/he8Tpt9WtC33jb/SznGbpKFVLU30S8idK' +
  '/3Mgdkr1f/o7nqZwv6zb/mx7XpjeHxrX2hg6CuWZ16en/BDWWNyxLusRxGYdkv3ZRccSyVZJdpnsaAAPrcKiIq7yU0g6PINOGYLE0jsh9J7YI7' +
  'uXTXCMysbtfzPsq3NKIEZtl2kXJZx7ps33raeSeRKcvIo9+yMjZF/9f+agGdvMeldWL2aFzKWBK5fzrT10IDathQtWUUOecGXKCQT7nw9NnSud' +
  'KxRDczqrtAmShA+h8uJAcCMPQshcIAgv38d9tyFiPtdDCCBaEGCSqGSIb3DQEHAaCCBZIEggWOMIIFijCCBYYGCyqGSIb3DQEMCgECoIIFMTCC' +
  'BS0wVwYJKoZIhvcNAQUNMEowKQYJKoZIhvcNAQUMMBwECP4aJQP92zUiAgIIADAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQzU57s8dVsI' +
  'BgoVQFWeUXJwSCBNDC0tEVBDQY2qNIw1+9m3VfzkxBJ7zKctNF+H9ufMiN1WdV5/l1vJfT6LGv1uFXgt2qWer03yS6ruOUz+tBhiulBO53dTAD' +
  'D2zN10cX2693SxM6KgzSEodYacu+ToTboJ9HDWtp6TxWJZ/I/z9TTeKZY8bue6D6j0Nv+Ff2aeANpw/8akX67DJkkKq5M/f9DFmIm8sZNfltYA' +
  'Vvesip8Awn6V4UkBzc+Jmrb9D3SKoz+0VUlfUT6EegOlBJiD+Sv2/5sNUm1q1VQanQoGL2Wm1lsXHH9/dIMh214RlMZfhmEgI//Q7IcX8yGfBy' +
  'Mhc7dHVH5fLILyYGfQRcGMfnkhLHIKAsYxbFITVv04crI+u79aAMdn+0DLQ5cVO/W9D2KVtrtHFVEDfl74iQ13WCY2KtTDWhecv8WOx7EcJQOe' +
  'Ne5U+vYTuAqdjzz4dSVg5MU8Oh6VFDOpBd5v+p560MCkkiNt7u7PZy/eRNe2zoyrZ/a1XLs3/ZrB72czKmXdWStQZNlD7fDFcoDm549suP0g18' +
  'kog9R1EZCH91biMPvpdgAkDX5htJkohk0vyI2OOl2huLup7SPU8bYxezEXFOisoBVzPhKqG1/yDKsG5QPtbiwO2FGu5aVhJ1J4RjiDHD7vYfEQ' +
  '9I9DiM/JjedyTHV5/be8dX+DJ/KLg/9hO8b5p0rmy8pDvKYOTamlHQ4jn//dzq+jTXIJuxu2TRvy5jSUIgcSz3bMboEzp42P+jVWwrvzRHHG0V' +
  'TWLH352asFAedWbuGKq9xyqeEp99MCsOa+ojxPYcfusY9RaI1fMllF1q6KDdAIKE99nRUVP2GmQidKa2LvArXGuTPe51YrzTYfi4W8JffLB4F8' +
  'TMI730dGKhSChOaXQhxJ6G3kJe02ynlttuneHowlhMn0F97bbtbW+zP0q8+rQcqYFCVC3TFKQRcjH6qZbLPCWk8iB2Onhdx+25QEE60CimjOKm' +
  'QGnI06pQyri/eEgStpaF9rbzgOZ7wUzmoW3paEAFkaBcm/uihVj1cJuD4efZy7wfKz9+k8C8AaM5yvv9NxbLcyW1Sq6Zw7LO5W3zRnnINqrD8D' +
  'cUo8ZfnOw3vXUPti8WXtPB7a8FAZliByTmxX0riXKLjjOLw+rSSB6W44k46e46wA0DtkZfjvojGbtV8JHx2UcDEQsYYXXiFpu61WT9dQVOSdRD' +
  'w35Fx5EysjECTl2i62NwDTCI7r9wNM6Hm1nECZenK7r4xnbO4O7R4jG1RN+dCN9dmKAdoUlGiOAeq0ypO64CUTNJsgITPRLBCY9j781qCnkYQ7' +
  'psLX9yd5Rf4kMe40WC/REtksl/ot30W2ZDeSyqybvwYAEfWflHGtAVXUyw6tg3Wr7gQcxdq7eIVskKqpwL6HDpmOoEFJkrvdkMPAWy6f5OefOE' +
  'HDaXevquIKya5gzjcc3G4v00FgO5tSdvsjItseky9iq9JjiJhMEfBOvIoMJnMlWa06+/La432Zeudiau+wOq6tCiuSzxX9OpOd3moKsF4J5/XO' +
  'b/O5LimwZkIgaKqVuWdbKExS9aKwWMjk2ILdsSeebEy8Ieqdm4AH6zc1NMERN8E61J5CImzRoOIWZjrVKs7tBeypgN1+ZCDdRKOPL/DABPHDZo' +
  'FIK6+XkTcDFCMBsGCSqGSIb3DQEJFDEOHgwAcwBhAG0AcABsAGUwIwYJKoZIhvcNAQkVMRYEFMjDTzK+Rtqsep6RFdNS4Y8Ogi3BMEEwMTANBg' +
  'lghkgBZQMEAgEFAAQg1sFq32Rp3YMTNhxOrsNIHSF68xocsEOdoe0ZT1KJq+MECCfarreTytucAgIIAA==';

/** @param {string} name */
export function sampleFile(name) {
  return new File([Uint8Array.from(atob(BASE64), one => one.charCodeAt(0))], name, { type: 'application/x-pkcs12' });
}
