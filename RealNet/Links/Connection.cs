using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Hosting;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Links;

/// <summary>
/// One TCP connection: a receive loop that turns lines into work for its node, and a send loop that runs while
/// there is something to send. It knows nothing of other connections: which of them is the link is decided by
/// <see cref="LinkTable"/> on the node's loop, whose fields below nobody else touches.
/// </summary>
internal sealed partial class Connection
{
    private readonly ProcessWire wire;
    private readonly Socket socket;
    private readonly Lock gate = new();
    private readonly long createdAt;
    private RareSignal abort;
    private RareSignal sendEnded;

    // ---- Told by the receive loop and the send loop, read by the sweep
    private long lastActivity;
    private long partialSince = Never;
    private long closingSince = Never;
    private bool isConnected;
    private int isStranger;

    public const long Never = long.MaxValue;

    private Connection(ProcessWire wire, Socket socket, NodeAddress target)
    {
        this.wire = wire;
        this.socket = socket;
        Target = target;
        createdAt = lastActivity = wire.Now;
    }

    /// <summary>Whom this end dialed; none when the other end did.</summary>
    public NodeAddress Target { get; }

    public bool IsDialed => !Target.IsNone;

    /// <summary>What the other end said first; set before <see cref="WorkKind.HelloHeard"/> is posted.</summary>
    public Hello? Hello { get; private set; }

    /// <summary>Done when both loops ended and the socket is closed.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    // ---- Of the node's loop
    public Link? Link { get; set; }

    public bool HasEnded { get; set; }

    /// <summary>Its HELLO was handled. The receive loop may know it sooner, and is ahead of this loop then.</summary>
    public bool IsGreeted { get; set; }

    /// <summary>It ends without a word to the nodes: an exchange that was served.</summary>
    public bool IsSilent { get; set; }

    public List<Work>? Held { get; set; }

    public long ParkedAt { get; set; } = Never;

    /// <summary>Parked for so long that the connection before it must be dead.</summary>
    public bool IsOverdue { get; set; }

    /// <summary>Whether it counts among the strangers' connections, of whom there may be only so many.</summary>
    public bool IsStranger
    {
        set => Volatile.Write(ref isStranger, value ? 1 : 0);
    }

    /// <returns>Whether it counted among them until now.</returns>
    public bool TryForgetStranger() => Interlocked.Exchange(ref isStranger, 0) == 1;

    /// <summary>Others need the room more.</summary>
    public void GiveWay() => Refuse(Refusal.TooManyConnections);

    public bool IsFinishing => finish != Finish.No;

    public static Connection Dial(ProcessWire wire, NodeAddress target, byte[] hello)
    {
        var connection = new Connection(wire, NewSocket(), target);
        connection.SecureDial();
        connection.prelude = connection.Introduced(hello);
        connection.Begin(connection.DialAsync());
        return connection;
    }

    public static Connection Accept(ProcessWire wire, Socket socket)
    {
        var connection = new Connection(wire, socket, NodeAddress.None);
        connection.SecureAccepted();
        connection.Begin(connection.RunAsync());
        return connection;
    }

    /// <summary>
    /// Closes at once; what is on its way in either direction is lost, and the other end sees a reset.
    /// </summary>
    public void Abort()
    {
        lock (gate) aborted = true;
        abort.Give();
        Volatile.Read(ref question)?.Dispose();
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Closed already, by itself or by the other end.
        }

        socket.Dispose();
        EndWeather();
        sendEnded.Give();
    }

    /// <returns>False when it was aborted before.</returns>
    public bool TryAbort()
    {
        lock (gate)
        {
            if (aborted) return false;
            aborted = true;
        }

        Abort();
        return true;
    }

    /// <summary>Aborts what the other end holds up, and counts it.</summary>
    public void Break()
    {
        if (aborted) return;
        wire.Traffic.Broke();
        Abort();
    }

    /// <summary>Looks at the deadlines. Called from the sweep, so it only posts, refuses or aborts.</summary>
    public void Sweep(long now)
    {
        var limits = wire.Limits;
        if (!IsHeldUp && Exceeded(closingSince, limits.ClosingDeadline)) Break();
        else if (!isConnected && !isSecuring && Exceeded(createdAt, limits.DialTimeout)) Abort();
        else if (Hello is null && Exceeded(createdAt, limits.HelloDeadline + MoreTime)) Refuse(Refusal.HelloTimeout);
        else if (Exceeded(Volatile.Read(ref partialSince), limits.LineDeadline)) Refuse(Refusal.LineTimeout);
        else if (outbox is { } waiting && Exceeded(waiting.FullSince, limits.FullOutboxDeadline)) Break();
        else if (Exceeded(ParkedAt, limits.HelloDeadline)) wire.Mailbox.Post(new Work(WorkKind.Overdue, this));
        else if (outbox is not null && !IsFinishing && wire.IsExchange(Hello!.Address)
            && Exceeded(Volatile.Read(ref lastActivity), limits.ExchangeIdle))
            wire.Mailbox.Post(new Work(WorkKind.IdleHere, this));

        bool Exceeded(long since, TimeSpan span) => since != Never && now - since > Microseconds(span);
    }

    public bool IsIdleAt(long now, TimeSpan span) =>
        !IsHeldUp && now - Volatile.Read(ref lastActivity) > Microseconds(span);

    private static long Microseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    private static Socket NewSocket()
    {
        try
        {
            return new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        }
        catch (SocketException)
        {
            return noSocket;   // out of descriptors: this dial fails like any other
        }
    }

    private static readonly Socket noSocket = Disposed();

    /// <summary>Before descriptors can run out: then what stands for a missing socket could not be made.</summary>
    public static void Prepare() => RuntimeHelpers.RunClassConstructor(typeof(Connection).TypeHandle);

    private static Socket Disposed()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Dispose();
        return socket;
    }

    private void Begin(Task running)
    {
        wire.Add(this);
        Completion = EndAsync(running);
    }

    private async Task EndAsync(Task running)
    {
        try
        {
            await running;
        }
        catch (Exception error)
        {
            wire.Fail(error);
            Abort();
            wire.Mailbox.Post(new Work(WorkKind.Ended, this));   // it may have failed before it told so
        }

        wire.Remove(this);
    }

    private async Task DialAsync()
    {
        await Task.Yield();   // dialing must not stretch the node's loop
        try
        {
            await ReachAsync(Way.Both, Target);   // a handshake needs both
            await ConnectAsync(socket, Target);
            LocalPort = ((IPEndPoint)socket.LocalEndPoint!).Port;
            wire.NoteDialed(this);
            if (!isSecuring) isConnected = true;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            socket.Dispose();
            ArriveNoAnswer();
            return;
        }

        await RunAsync();
    }

    private Task ReachAsync(Way way, NodeAddress other) =>
        wire.Reach.IsCut(way, other) ? wire.Reach.OpenAsync(way, other, AbortAsync()) : Task.CompletedTask;

    /// <summary>Done when this end has aborted.</summary>
    private Task AbortAsync() => abort.WaitAsync();

    private NodeAddress Other => Hello?.Address ?? Target;

    private Task ConnectAsync(Socket from, NodeAddress to)
    {
        if (to.IsUnresolved) return Task.FromException(new SocketException((int)SocketError.HostNotFound));
        if (wire.SourceHost is { } source) from.Bind(new IPEndPoint(Ip(source), 0));
        return from.ConnectAsync(new IPEndPoint(Ip(to.Host), to.Port));
    }

    internal static IPAddress Ip(uint host) => new(BitConverter.IsLittleEndian
        ? BinaryPrimitives.ReverseEndianness(host)
        : host);
}
