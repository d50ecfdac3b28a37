exec(open('.build-cite.py').read())
A='article'
add('Randomness','The papers on random variables, sorted by key; `Citation.all` lists them with the others.',[
('devroye1986','book',['Luc Devroye'],'Non-Uniform Random Variate Generation','publisher','Springer',1986,'10.1007/978-1-4613-8643-8',None),
('hoermann1993',A,['Wolfgang Hoermann'],'The Generation of Binomial Random Variates','journal','Journal of Statistical Computation and Simulation',1993,'10.1080/00949659308811496',None),
('kachitvichyanukul1988',A,['Voratas Kachitvichyanukul','Bruce W. Schmeiser'],'Binomial Random Variate Generation','journal','Communications of the ACM',1988,'10.1145/42372.42381',None),
('laurent2000',A,['Béatrice Laurent','Pascal Massart'],'Adaptive Estimation of a Quadratic Functional by Model Selection','journal','The Annals of Statistics',2000,'10.1214/aos/1015957395',None),
('marsaglia1964',A,['George Marsaglia'],'Generating a Variable from the Tail of the Normal Distribution','journal','Technometrics',1964,'10.1080/00401706.1964.10490150',None),
('marsaglia2000ziggurat',A,['George Marsaglia','Wai Wan Tsang'],'The Ziggurat Method for Generating Random Variables','journal','Journal of Statistical Software',2000,'10.18637/jss.v005.i08',None),
('vose1991',A,['Michael D. Vose'],'A Linear Algorithm for Generating Random Numbers with a Given Distribution','journal','IEEE Transactions on Software Engineering',1991,'10.1109/32.92917',None),
])
