using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet;

/// <summary>How the operating system is asked for the process of a node.</summary>
/// <param name="Configuration">
/// The first line on its standard input, which says what it hosts; orders of the network follow.
/// </param>
public sealed record NodeLaunch(string FileName, IReadOnlyList<string> Arguments, string Configuration);

/// <summary>What the network decides about a process that is about to be launched.</summary>
/// <param name="Start">Which process at this address, from 0.</param>
/// <param name="ClockZero">The time stamp of the run's instant zero.</param>
/// <param name="DiskDirectory">Where its disk is: it outlives the process.</param>
public sealed record NodeSlot(NodeAddress Address, int Start, long ClockZero, string DiskDirectory);

public sealed record ProcessNetworkOptions
{
    public required IReadOnlyList<NodeAddress> Addresses { get; init; }

    /// <summary>Makes the launch of a process, called once for each.</summary>
    public required Func<NodeSlot, NodeLaunch> Launch { get; init; }

    /// <summary>
    /// The folder that is made for the disks, and gone when the network has stopped; null: one among the temporary
    /// files of the system, where it stays should this process be killed.
    /// </summary>
    public string? DiskDirectory { get; init; }

    /// <summary>As <see cref="RealNetworkOptions.ClockZero"/>.</summary>
    public long? ClockZero { get; init; }
}
