using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet;

/// <summary>What one process heard and did, enough to run it again offline.</summary>
/// <param name="RandomSeed">The run's random seed.</param>
/// <param name="StartNumber">Which start at this address, from 0.</param>
/// <param name="Disk">What the process found on its disk.</param>
/// <param name="Entries">
/// In order; those of a file are read while they are enumerated, so that no recording must fit into memory.
/// </param>
public sealed record Recording(
    NodeAddress Address, ulong RandomSeed, int StartNumber, IReadOnlyList<StableRecord> Disk,
    IEnumerable<RecordedEntry> Entries);
