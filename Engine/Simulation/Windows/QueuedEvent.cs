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

    /// <summary>Fewer hops, starts or pieces of work than this fit.</summary>
    public const int NumberLimit = 1 << (32 - TimerBits);

    /// <summary>Microseconds, the lower half: a ring knows the rest.</summary>
    public uint Time { get; private init; }

    public int Target { get; private init; }

    /// <summary>Who sent it. What a node does to itself: whom it is about, by index.</summary>
    public readonly int Sender;

    /// <summary>Messages: their parcel. Timers: the lower half of the round.</summary>
    public uint Content { get; private init; }

    /// <summary>
    /// The connection's name among its two ends: a count of the one that dialed, and which of them that was.
    /// Timers: the upper half of the round.
    /// </summary>
    public uint Connection { get; private init; }

    private readonly uint kindAndNumber;

    /// <summary>A message, the kind that must be fast.</summary>
    public QueuedEvent(long time, int target, int sender, uint parcel, long connection, int hops)
        : this(time, target, sender, parcel, Shortened(connection, sender), hops)
    {
    }

    private QueuedEvent(long time, int target, int sender, uint parcel, uint connection, int hops)
    {
        Time = (uint)time;
        Target = target;
        Sender = sender;
        Content = parcel;
        Connection = connection;
        kindAndNumber = Packed(SimulatedEventKind.Message, default, hops);
    }

    /// <summary>Anything else.</summary>
    /// <param name="about">Whom a timer is about, by index.</param>
    /// <param name="content">The parcel, where there is one; else the round's lower half.</param>
    public QueuedEvent(in SimulatedEvent full, int about, uint content)
    {
        Time = (uint)full.Time;
        Target = full.Target;
        Sender = about;
        Content = content;
        Connection = full.Kind is SimulatedEventKind.Timer or SimulatedEventKind.Injected
            ? (uint)(full.Timer.Round >> 32)
            : Shortened(full.Connection, about);
        kindAndNumber = Packed(full.Kind, full.Timer.Kind, full.Number);
    }

    /// <summary>What nobody handles.</summary>
    public static QueuedEvent Nothing(int target) => new(
        new SimulatedEvent { Target = target, Kind = SimulatedEventKind.Timer }, NoOne, content: 0);

    /// <summary>A message over links that stood from the beginning, to nobody yet.</summary>
    public static QueuedEvent OnStandingLinks(int sender, uint parcel, int hops) =>
        new(time: 0, NoOne, sender, parcel, LinkTable.Standing, hops);

    /// <summary>The same to somebody: who dialed the link that stood is known by the indexes.</summary>
    public QueuedEvent To(int target, long time) => this with
    {
        Time = (uint)time,
        Target = target,
        Connection = LinkTable.Standing | (uint)((Sender - target) & int.MinValue),
    };

    /// <summary>The same for another object.</summary>
    public QueuedEvent With(uint parcel) => this with { Content = parcel };

    public SimulatedEventKind Kind => (SimulatedEventKind)(kindAndNumber & ((1 << KindBits) - 1));

    public TimerKind TimerKind => (TimerKind)((kindAndNumber >> KindBits) & ((1 << TimerKindBits) - 1));

    /// <summary>Messages: hops. Timers: which process of the node set it.</summary>
    public int Number => (int)(kindAndNumber >> TimerBits);

    public long Round => ((long)Connection << 32) | Content;

    /// <summary>
    /// Its place among all that one node handles: by time, then by sender, the world before all nodes. What is equal
    /// here came from one sender, and stays in the order of its sending.
    /// </summary>
    /// <param name="from">The moment from which on times are counted.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Order(uint from) =>
        ((ulong)(Time - from) << 32) | (uint)((Kind == SimulatedEventKind.Message ? Sender : OrderingSender) + 1);

    /// <summary>Whether it comes over a link that stood from the beginning.</summary>
    public bool IsOnStandingLink => (Connection & ~DialedBySender) == LinkTable.Standing;

    /// <summary>The connection's full name; 0 when it has none.</summary>
    public long FullConnection => Connection == 0
        ? 0
        : ((long)((Connection & DialedBySender) != 0 ? Sender : Target) << 32) | (Connection & ~DialedBySender);

    private int OrderingSender => Kind switch
    {
        SimulatedEventKind.Message or SimulatedEventKind.Dial or SimulatedEventKind.LinkDown
            or SimulatedEventKind.Corrupted => Sender,
        SimulatedEventKind.Start or SimulatedEventKind.Injected => SimulatedEvent.World,
        _ => Target,
    };

    private static uint Shortened(long connection, int sender) =>
        connection == 0 ? 0 : (uint)connection | ((int)(connection >> 32) == sender ? DialedBySender : 0);

    private static uint Packed(SimulatedEventKind kind, TimerKind timerKind, int number) =>
        number < NumberLimit
            ? (uint)kind | ((uint)timerKind << KindBits) | ((uint)number << TimerBits)
            : throw new InvalidOperationException($"{kind}: more than {NumberLimit:N0} hops or starts");
}
