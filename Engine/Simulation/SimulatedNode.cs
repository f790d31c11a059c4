using System.Runtime.CompilerServices;
using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// One node's place in the virtual world, as far as most inputs need it: a value, so that the places of a block lie
/// side by side in cache.
/// </summary>
internal struct SimulatedNode(int index)
{
    private const ulong Odd = 0x9FB21C651E98DF25UL;

    /// <summary>Null while no process runs here.</summary>
    public Node? Process;

    /// <summary>Null until a link is made or ends: those that stand from the beginning need no table.</summary>
    public LinkTable? Links;

    /// <summary>Null until it is more than a machine that does what it should.</summary>
    public Machine? Machine;

    public NodeRandom Random;

    /// <summary>How many processes were started here.</summary>
    public int Starts;

    public readonly int Index => index;

    /// <summary>The rolling hash of all that this node handled and reported.</summary>
    public ulong Hash { get; private set; }

    public readonly bool IsPaused => Machine is { IsPaused: true };

    /// <summary>Null at full speed, and when it always was.</summary>
    public readonly NodePace? Pace => Machine?.Pace;

    public readonly bool IsDiskBusy => Machine?.Disk is { IsBusy: true };

    public Machine NeedMachine() => Machine ??= new Machine();

    // Multiplying by an odd number loses nothing, and the upper bits, which know all others, come down again.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Record(ulong first, ulong second)
    {
        var hash = (Hash ^ first) * Odd;
        hash = (hash ^ (hash >> 32) ^ second) * Odd;
        Hash = hash ^ (hash >> 29);
    }
}
