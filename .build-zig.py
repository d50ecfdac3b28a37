from decimal import Decimal as D, getcontext
getcontext().prec=40
import scipy.special as sp, math
def f(x): return (-x*x/2).exp()
def pi(): return D('3.14159265358979323846264338327950288419716939937510')
def tail(r): # integral r..inf via series/continued fraction
    # continued fraction for Mills ratio
    t=D(0)
    for k in range(800,0,-1): t=D(k)/(r+t)
    return f(r)/(r+t)
def g(r):
    v=r*f(r)+tail(r)
    x=r; fx=f(r)
    for i in range(2,256):
        fx=fx+v/x
        if fx>=1: return D(1),v
        x=(-2*fx.ln()).sqrt()
    return fx+v/x-1, v
lo,hi=D('3.65415'),D('3.65416')
for _ in range(50):
    m=(lo+hi)/2
    e,v=g(m)
    if e>0: lo=m
    else: hi=m
print(lo,v, float(lo).hex(), float(v).hex(), g(lo)[0])
