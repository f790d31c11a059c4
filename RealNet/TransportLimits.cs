namespace GossipSim.RealNet;

/// <summary>
/// Every limit of the TCP transport. Origins are named; what was measured is in the hostile-input trials.
/// </summary>
public sealed record TransportLimits
{
    /// <summary>
    /// How long a dial may take until the connection stands. Our choice: one lost SYN is sent again after 1 s.
    /// </summary>
    public TimeSpan DialTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long either end may take to say HELLO (bounded listener of the trials: 5 s, less two sweeps, so that after
    /// these 5 s nobody is left).
    /// </summary>
    public TimeSpan HelloDeadline { get; init; } = TimeSpan.FromSeconds(4.8);

    /// <summary>
    /// How long a claimed address that was not confirmed rests until it is asked again. Our choice: enough for the
    /// connections of a process that just crashed to end.
    /// </summary>
    public TimeSpan ConfirmPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a line may stay unfinished, however its bytes trickle (as above).</summary>
    public TimeSpan LineDeadline { get; init; } = TimeSpan.FromSeconds(4.8);

    /// <summary>
    /// A connection to or from a seed node is closed when it was silent for so long (DESIGN section 4: 1 s).
    /// </summary>
    public TimeSpan ExchangeIdle { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an ending connection may take to let the last bytes through. Our choice.</summary>
    public TimeSpan ClosingDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A link whose outbox stays full for so long is broken. Our choice: as patient as the other deadlines.
    /// </summary>
    public TimeSpan FullOutboxDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often deadlines are looked at; they are kept to within this. Our choice.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long accepting pauses after an error such as running out of descriptors. Our choice.</summary>
    public TimeSpan AcceptPause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Messages waiting on one link. Our choice: two bursts of all messages of a 50-peer run.</summary>
    public int OutboxMessages { get; init; } = 1024;

    /// <summary>
    /// Bytes waiting on one link, whatever they are: short questions have long answers, and who does not read them
    /// must not fill the memory. Our choice: the lists of some five thousand members.
    /// </summary>
    public int OutboxBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>
    /// Bytes waiting on all links of this process, and on each of them when there are more. Our choice: twice what a
    /// thousand peers have waiting in a burst of all their messages, and some answers.
    /// </summary>
    public long OutboxBytesOfAll { get; init; } = 256L * 1024 * 1024;

    public int OutboxShareBytes { get; init; } = 64 * 1024;

    /// <summary>
    /// Messages waiting before a node; beyond it its connections are not read, so TCP slows the senders.
    /// </summary>
    public int MailboxMessages { get; init; } = 4096;

    /// <summary>
    /// Messages of one connection that wait before a node; beyond it that connection is not read, so that one that
    /// floods delays the others by no more than these. Our choice: some 3 ms of work.
    /// </summary>
    public int MailboxShare { get; init; } = 256;

    /// <summary>
    /// Lines a second that are read of one connection, where a long line counts as several, and how many more may come
    /// at once. Our choice: the busiest links of a thousand peers on one machine carry a tenth of it, and it leaves a
    /// node three quarters of a processor.
    /// </summary>
    public int LinesPerSecond { get; init; } = 10_000;

    public int LinesAtOnce { get; init; } = 20_000;

    /// <summary>
    /// Registrations a second from one IPv4 address at one node, and how many more may come at once: who is faster
    /// waits. Our choice: a machine with a thousand peers is in within some seconds.
    /// </summary>
    public int RegistrationsPerSecond { get; init; } = 100;

    public int RegistrationsAtOnce { get; init; } = 500;

    /// <summary>Whether that holds for this machine's own addresses, which all peers of a run may share.</summary>
    public bool PacesLoopback { get; init; }

    /// <summary>Messages held of a connection whose predecessor has not ended yet. Our choice.</summary>
    public int HeldMessages { get; init; } = 1024;

    /// <summary>Connections that a seed node keeps at a time (bounded listener of the trials: 1500).</summary>
    public int SeedNodeConnections { get; init; } = 1500;

    /// <summary>
    /// Connections that a peer keeps at a time: far above what overlays of one machine reach. Our choice.
    /// </summary>
    public int PeerConnections { get; init; } = 10_000;

    /// <summary>
    /// One of so many connections is not for strangers, however many press. Our choice: a quarter, as much as the links
    /// of 375 members at a seed node.
    /// </summary>
    public int ReservedShare { get; init; } = 4;

    /// <summary>
    /// How long a stranger's connection is left alone when others press: a registration takes less. Our choice.
    /// </summary>
    public TimeSpan StrangerPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Connections of all nodes of this process; null: what its descriptors allow, less what the rest of it needs.
    /// </summary>
    public long? Connections { get; init; }

    /// <summary>
    /// How long a node stays down after its handler threw, before it starts again from its disk: twice as long after
    /// each further failure, up to the longest, and as at first after so long without any. Our choice.
    /// </summary>
    public TimeSpan FirstRestartPause { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan LongestRestartPause { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan RestartPauseMemory { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Connections that wait to be accepted; the kernel lowers it to its own limit (4096 on Linux).</summary>
    public int Backlog { get; init; } = 4096;

    /// <summary>Bytes asked of a connection at a time: most messages are below 300. Our choice.</summary>
    public int ReadBytes { get; init; } = 1024;

    /// <summary>
    /// Bytes of several messages put into one write, and with a shared key into one frame; no more than of the longest
    /// line. Our choice: a fraction of a socket's send buffer.
    /// </summary>
    public int WriteBytes { get; init; } = 16 * 1024;
}
