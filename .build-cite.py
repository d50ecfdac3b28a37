# add citations: writes the Swift file, the bib entries, and the register
import re,sys,json
def add(topic, header, entries, root='.'):
    bib=f'{root}/Sources/Literature/references.bib'
    t=open(bib).read()
    i=t.index('\n@')+1
    head=t[:i]; body=t[i:]
    es=re.split(r'\n(?=@)',body.strip()+'\n')
    d={re.match(r'@[a-z]+\{([a-z0-9]+),',e).group(1):e.strip() for e in es}
    sw=[]
    for (key,kind,authors,title,vf,venue,year,doi,arx) in sorted(entries):
        L=[f'@{kind}{{{key},']
        L.append(f'  author    = {{{" and ".join(authors)}}},')
        L.append(f'  title     = {{{{{title}}}}},')
        L.append(f'  {vf.ljust(9)} = {{{venue}}},')
        L.append(f'  year      = {{{year}}},')
        if doi: L.append(f'  doi       = {{{doi}}},')
        if arx: L.append(f'  eprint    = {{{arx}}},')
        L.append('}')
        d[key]='\n'.join(L)
        a=', '.join(f'"{x}"' for x in authors)
        s=f'  /// {title}.\n  public static let {key} = Citation(\n    key: "{key}",\n    authors: [{a}],\n    title: "{title}",\n    venue: "{venue}", year: {year}'
        if doi: s+=f',\n    doi: "{doi}"'
        if arx: s+=f',\n    arXiv: "{arx}"'
        sw.append(s+')\n')
    open(bib,'w').write(head+'\n\n'.join(d[k] for k in sorted(d))+'\n')
    open(f'{root}/Sources/Literature/Citation+{topic}.swift','w').write(f'// SPDX-License-Identifier: Apache-2.0\n\n// {header}\nextension Citation {{\n'+''.join(sw)+'}\n')
    p=f'{root}/Sources/Literature/Citation+Register.swift'; t=open(p).read()
    keys=sorted(d)
    lines=[];cur='   '
    for k in keys:
        if len(cur)+len(k)+2>100: lines.append(cur); cur='   '
        cur+=f' {k},'
    lines.append(cur)
    t=re.sub(r'(public static let all: \[Citation\] = \[\n).*?(\n  \])',lambda m:m.group(1)+'\n'.join(lines)+m.group(2),t,flags=re.S)
    open(p,'w').write(t)
