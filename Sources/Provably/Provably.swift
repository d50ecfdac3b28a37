// SPDX-License-Identifier: Apache-2.0
// The umbrella module: one import brings every part of Provably.
@_exported import Certificates
@_exported import ExactArithmetic
@_exported import Hardness
@_exported import LinearAlgebra
@_exported import LinearProgramming
@_exported import Literature
@_exported import MarkovModels
@_exported import ModelFormats
@_exported import Planning
@_exported import Randomness
@_exported import Statistics
