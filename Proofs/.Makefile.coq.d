Fin.vo Fin.glob Fin.v.beautified Fin.required_vo: Fin.v 
Fin.vio: Fin.v 
Fin.vos Fin.vok Fin.required_vos: Fin.v 
Discounted.vo Discounted.glob Discounted.v.beautified Discounted.required_vo: Discounted.v Fin.vo
Discounted.vio: Discounted.v Fin.vio
Discounted.vos Discounted.vok Discounted.required_vos: Discounted.v Fin.vos
Existence.vo Existence.glob Existence.v.beautified Existence.required_vo: Existence.v Fin.vo Discounted.vo
Existence.vio: Existence.v Fin.vio Discounted.vio
Existence.vos Existence.vok Existence.required_vos: Existence.v Fin.vos Discounted.vos
Horizon.vo Horizon.glob Horizon.v.beautified Horizon.required_vo: Horizon.v Fin.vo
Horizon.vio: Horizon.v Fin.vio
Horizon.vos Horizon.vok Horizon.required_vos: Horizon.v Fin.vos
LinAlg.vo LinAlg.glob LinAlg.v.beautified LinAlg.required_vo: LinAlg.v 
LinAlg.vio: LinAlg.v 
LinAlg.vos LinAlg.vok LinAlg.required_vos: LinAlg.v 
Pigeonhole.vo Pigeonhole.glob Pigeonhole.v.beautified Pigeonhole.required_vo: Pigeonhole.v 
Pigeonhole.vio: Pigeonhole.v 
Pigeonhole.vos Pigeonhole.vok Pigeonhole.required_vos: Pigeonhole.v 
Cert.vo Cert.glob Cert.v.beautified Cert.required_vo: Cert.v Fin.vo Discounted.vo
Cert.vio: Cert.v Fin.vio Discounted.vio
Cert.vos Cert.vok Cert.required_vos: Cert.v Fin.vos Discounted.vos
Vectors.vo Vectors.glob Vectors.v.beautified Vectors.required_vo: Vectors.v Cert.vo
Vectors.vio: Vectors.v Cert.vio
Vectors.vos Vectors.vok Vectors.required_vos: Vectors.v Cert.vos
Claims.vo Claims.glob Claims.v.beautified Claims.required_vo: Claims.v Fin.vo Discounted.vo Existence.vo Horizon.vo LinAlg.vo Pigeonhole.vo Cert.vo
Claims.vio: Claims.v Fin.vio Discounted.vio Existence.vio Horizon.vio LinAlg.vio Pigeonhole.vio Cert.vio
Claims.vos Claims.vok Claims.required_vos: Claims.v Fin.vos Discounted.vos Existence.vos Horizon.vos LinAlg.vos Pigeonhole.vos Cert.vos
