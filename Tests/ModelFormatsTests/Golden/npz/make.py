# SPDX-License-Identifier: Apache-2.0
"""Writes the .npz files of this folder (numpy 2.4.6, scipy 1.17.1)."""
import numpy as np
import scipy.sparse as sp

S, A = 3, 2
P = np.zeros((S, A, S))
P[0, 0] = [0.5, 0.5, 0.0]
P[0, 1] = [0.0, 0.25, 0.75]
P[1, 0] = [1 / 3, 1 / 3, 1 / 3]
P[1, 1] = [0.0, 1.0, 0.0]
P[2, 0] = [0.0, 0.0, 1.0]
P[2, 1] = [0.9, 0.0, 0.1]
R = np.array([[0.0, 1.0], [2.0, -3.5], [1e-3, 7.0]])
csr = sp.csr_array(P.reshape(S * A, S))
scalars = dict(S=S, A=A, gamma=0.95, H=0)
rows = dict(indptr=csr.indptr.astype(np.int64), data=csr.data)

np.savez("int32.npz", indices=csr.indices.astype(np.int32), R=R.ravel(), **rows, **scalars)
np.savez("int64.npz", indices=csr.indices.astype(np.int64), R=np.asfortranarray(R), **rows,
         **(scalars | dict(H=12, gamma=np.float32(0.5))))
np.savez_compressed("deflated.npz", indices=csr.indices.astype(np.int32), R=R, **rows, **scalars)
np.savez("scipy-int32-pointers.npz", indptr=csr.indptr.astype(np.int32),
         indices=csr.indices.astype(np.int32), data=csr.data, R=R, S=np.uint8(S), A=np.int16(A))
np.savez("extras.npz", indices=csr.indices.astype(np.int32), R=R, **rows, **scalars,
         names=np.array(["left", "rechts", "höchst"]), unknown=np.arange(6, dtype=np.complex64),
         record=np.zeros(2, dtype=[("a", "<f8"), ("b", "<i4")]),
         objects=np.array([{"a": 1}, None], dtype=object))
with open("unicode-name.npz", "wb") as f:
    np.savez(f, indices=csr.indices.astype(np.int32), R=R, **rows, **scalars, **{"größe": np.arange(3)})

split = np.array([0.25, 0.5, 0.25, 0.25, 0.75, 1 / 3, 1 / 3, 1 / 3, 1.0, 1.0, 0.9, 0.1])
np.savez("duplicates.npz", indptr=np.array([0, 3, 5, 8, 9, 10, 12]),
         indices=np.array([0, 1, 0, 1, 2, 2, 1, 0, 1, 2, 0, 2], dtype=np.int32), data=split, R=R, S=S, A=A)

np.savez("dense-sas.npz", P=P, R=R, gamma=0.95, initial=np.array([0.5, 0.0, 0.5]))
np.savez("dense-sas-fortran.npz", P=np.asfortranarray(P), R=np.asfortranarray(R), gamma=0.95,
         initial=np.array([0.5, 0.0, 0.5]))
np.savez("dense-ass.npz", P=P.transpose(1, 0, 2).copy(), R=R, gamma=0.95,
         initial=np.array([0.5, 0.0, 0.5]))
outcome = np.arange(18.0).reshape(S, A, S)
np.savez("outcome-sas.npz", P=P, R=outcome)
np.savez("outcome-sas-fortran.npz", P=P, R=np.asfortranarray(outcome))
np.savez("outcome-ass-fortran.npz", P=np.asfortranarray(P.transpose(1, 0, 2)),
         R=outcome.transpose(1, 0, 2).copy())
