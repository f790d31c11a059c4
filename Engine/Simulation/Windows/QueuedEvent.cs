using System.Runtime.CompilerServices;
using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// A <see cref="SimulatedEvent"/> as it waits in a ring: 24 bytes and no reference, so that millions can wait and be
/// sorted in cache without the garbage collector looking at them. What has no room here waits in <see cref="Parcels"/>.
/// </summary>
internal readonly struct QueuedEvent
{
    public const int Bytes = 24;

    /// <summary>Instead of an index: a timer that is about nobody, or about an address where nobody can be.</summary>
    public const int NoOne = -1;

    public const int Stranger = -2;

    private const int KindBits = 4;
    private const int TimerKindBits = 5;
    private const int TimerBits = KindBits + TimerKindBits;
    private const uint DialedBySender = 1U << 31;

    /// <summary>Nobody dials so often: the rest is a place + 1.</summary>
    private const uint Stood = 1U << 30;

    /// <summary>Fewer hops, starts or pieces of work than this fit.</summary>
    public const int NumberLimit = 1 << (32 - TimerBits);

    // Three numbers of two halves each: the compiler keeps no more than four of a struct in registers.

    /// <summary>Its place among all of a window, as far as receiver and time say it.</summary>
    public readonly ulong Turn;

    private readonly ulong senderAndKind;
    private readonly ulong connectionAndContent;

    /// <summary>A message, the kind that must be fast.</summary>
    public QueuedEvent(long time, int target, int sender, uint parcel, long connection, int hops)
        : this(
            Pair((uint)target, (uint)time), Pair((uint)sender, PackedMessage(hops)),
            Pair(Shortened(connection, sender), parcel))
    {
    }

    /// <summary>Anything else.</summary>
    /// <param name="about">Whom a timer is about, by index.</param>
    /// <param name="content">The parcel, where there is one; else the round's lower half.</param>
    public QueuedEvent(in SimulatedEvent full, int about, uint content)
        : this(
            Pair((uint)full.Target, (uint)full.Time),
            Pair((uint)about, Packed(full.Kind, full.Timer.Kind, full.Number)),
            Pair(
                full.Kind is SimulatedEventKind.Timer or SimulatedEventKind.Injected
                    ? (uint)(full.Timer.Round >> 32)
                    : Shortened(full.Connection, about),
                content))
    {
    }

    private QueuedEvent(ulong turn, ulong senderAndKind, ulong connectionAndContent)
    {
        Turn = turn;
        this.senderAndKind = senderAndKind;
        this.connectionAndContent = connectionAndContent;
    }

    /// <summary>What nobody handles.</summary>
    public static QueuedEvent Nothing(int target) => new(
        new SimulatedEvent { Target = target, Kind = SimulatedEventKind.Timer }, NoOne, content: 0);

    /// <summary>A message over links that stood from the beginning, to nobody yet.</summary>
    public static QueuedEvent OnStandingLinks(int sender, uint parcel, int hops) =>
        new(turn: 0, Pair((uint)sender, PackedMessage(hops)), parcel);

    /// <summary>The same over one of them.</summary>
    public QueuedEvent Over(in StandingLink link, long time) => new(
        Pair((uint)link.Other, (uint)time), senderAndKind, Pair(Stood | (uint)(link.PlaceThere + 1), Content));

    /// <summary>The same for another object.</summary>
    public QueuedEvent With(uint parcel) => new(Turn, senderAndKind, Pair(Connection, parcel));

    /// <summary>Microseconds, the lower half: a ring knows the rest.</summary>
    public uint Time => (uint)Turn;

    public int Target => (int)(Turn >> 32);

    /// <summary>Who sent it. What a node does to itself: whom it is about, by index.</summary>
    public int Sender => (int)(senderAndKind >> 32);

    /// <summary>Messages: their parcel. Timers: the lower half of the round.</summary>
    public uint Content => (uint)connectionAndContent;

    /// <summary>
    /// The connection's name among its two ends: a count of the one that dialed, and which of them that was. Of links
    /// that stood from the beginning: the sender's place among the receiver's neighbors, as far as it is known.
    /// Timers: the upper half of the round.
    /// </summary>
    private uint Connection => (uint)(connectionAndContent >> 32);

    public SimulatedEventKind Kind => (SimulatedEventKind)(senderAndKind & ((1 << KindBits) - 1));

    public TimerKind TimerKind => (TimerKind)((senderAndKind >> KindBits) & ((1 << TimerKindBits) - 1));

    /// <summary>Messages: hops. Timers: which process of the node set it.</summary>
    public int Number => (int)((uint)senderAndKind >> TimerBits);

    public long Round => (long)connectionAndContent;

    /// <summary>
    /// Its place among all that one node handles: by time, then by sender, the world before all nodes. What is equal
    /// here came from one sender, and stays in the order of its sending. Only within a window, which never goes on
    /// where the lower half of the time begins anew.
    /// </summary>
    public ulong Order
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Pair(Time, (uint)((Kind == SimulatedEventKind.Message ? Sender : OrderingSender) + 1));
    }

    /// <summary>Whether it is to be handed out before another.</summary>
    public bool ComesBefore(in QueuedEvent other) =>
        Turn < other.Turn || (Turn == other.Turn && Order < other.Order);

    /// <summary>Whether it comes over a link that stood from the beginning.</summary>
    public bool IsOnStandingLink => (Connection & Stood) != 0;

    /// <summary>Over such a link, where it is known: the sender's place among the receiver's neighbors.</summary>
    public int PlaceHere => IsOnStandingLink ? (int)(Connection & ~Stood) - 1 : Recipients.NoPlace;

    /// <summary>The connection's full name; 0 when it has none.</summary>
    public long FullConnection =>
        Connection == 0 ? 0
        : IsOnStandingLink ? LinkTable.NameOfStanding(Sender, Target)
        : ((long)((Connection & DialedBySender) != 0 ? Sender : Target) << 32) | (Connection & ~DialedBySender);

    private int OrderingSender => Kind switch
    {
        SimulatedEventKind.Message or SimulatedEventKind.Dial or SimulatedEventKind.LinkDown
            or SimulatedEventKind.Corrupted => Sender,
        SimulatedEventKind.Start or SimulatedEventKind.Injected => SimulatedEvent.World,
        _ => Target,
    };

    /// <summary>Who dialed a link that stood is known by the indexes.</summary>
    private static uint Shortened(long connection, int sender) =>
        connection == 0 ? 0
        : LinkTable.IsStanding(connection) ? Stood
        : (int)(connection >> 32) == sender ? (uint)connection | DialedBySender
        : (uint)connection;

    private static ulong Pair(uint upper, uint lower) => ((ulong)upper << 32) | lower;

    private static uint PackedMessage(int hops) => Packed(SimulatedEventKind.Message, default, hops);

    private static uint Packed(SimulatedEventKind kind, TimerKind timerKind, int number) =>
        number < NumberLimit
            ? (uint)kind | ((uint)timerKind << KindBits) | ((uint)number << TimerBits)
            : throw new InvalidOperationException($"{kind}: more than {NumberLimit:N0} hops or starts");
}
