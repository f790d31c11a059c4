using System.Net.Sockets;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Processes;

/// <summary>
/// The process of one node, seen from inside: takes orders from its standard input and tells on its standard output
/// what the node reports. An event is told before the messages that follow from it leave, so whoever reads all outputs
/// up to a moment finds each cause before what it led to.
/// </summary>
public sealed class HostedChild : ITrace, IAsyncDisposable
{
    private static readonly TimeSpan trafficInterval = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly TextReader orders;
    private readonly Stream words;
    private readonly NodeAddress address;
    private readonly RealNetwork network;
    private Node? node;

    public HostedChild(RealNetworkOptions options, Placement placement, TextReader orders, Stream words)
    {
        (this.orders, this.words, address) = (orders, words, placement.Address);
        var remembered = placement with { Factory = start => node = placement.Factory(start) };
        network = new RealNetwork(options, [remembered], this);
        network.Failed += error => Say(Word.Of(error));
    }

    /// <summary>
    /// Binds the life of this process to its parent's: neither a kill nor standing still leaves an orphan. Before
    /// anything else.
    /// </summary>
    public static void DieWithParent(int parent) => Signals.DieWithParent(parent);

    /// <summary>Until the order to stop, or the end of the orders: then the parent is gone, and so is this.</summary>
    public async Task RunAsync()
    {
        try
        {
            await network.OpenAsync();
        }
        catch (PortInUseException taken)
        {
            var error = (taken.InnerException as SocketException)?.SocketErrorCode ?? default;
            Say(new Word(WordKind.PortInUse, Number: (long)error, Text: taken.InnerException?.Message));
            return;
        }

        Say(new Word(WordKind.Ready));
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var listening = new Thread(() => FollowOrders(stopped)) { IsBackground = true, Name = "orders" };
        listening.Start();
        while (await Task.WhenAny(stopped.Task, Task.Delay(trafficInterval)) != stopped.Task) TellTraffic();
        await network.StopAsync();
        TellTraffic();
    }

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
        Say(Word.Of(now, protocolEvent));

    public ValueTask DisposeAsync() => network.DisposeAsync();

    private void TellTraffic() =>
        Say(Word.Of(network.Counters, network.SentByKind, node?.TableEntries ?? 0));

    private void FollowOrders(TaskCompletionSource stopped)
    {
        while (orders.ReadLine() is { } line)
        {
            var order = Order.Read(line);
            switch (order.Do)
            {
                case OrderKind.Start:
                    _ = StartAsync(order.Disk);
                    break;
                case OrderKind.Inject:
                    network.Inject(address, order.ToTimer());
                    break;
                case OrderKind.Tell:
                    network.Tell(address, order.ToMessage());
                    break;
                case OrderKind.CutOff:
                    _ = network.CutOffAsync(address, order.Unreached!, order.Unheard!);
                    Say(new Word(WordKind.Obeyed));
                    break;
                case OrderKind.Weather:
                    network.SetWeather(address, order.Weather!);
                    break;
                case OrderKind.SlowDown:
                    network.SlowDown(address, order.Delay);
                    break;
                case OrderKind.SkewClock:
                    network.SetClock(address, order.Clock!);
                    break;
                case OrderKind.Stop:
                    stopped.SetResult();
                    return;
                default:
                    throw new InvalidDataException($"unknown order {order.Do}");
            }
        }

        Signals.KillThisProcess();
    }

    private async Task StartAsync(DiskAtRestart disk)
    {
        try
        {
            await network.RestartAsync(address, disk);
            Say(new Word(WordKind.Started));
        }
        catch (Exception error)
        {
            // Whatever it is, as a disk that is damaged: the network must hear of it.
            Say(Word.Of(new InternalError(address, error, InternalErrorOutcome.NodeStopped)));
        }
    }

    private void Say(Word word)
    {
        var line = word.ToLine();
        try
        {
            lock (gate) words.Write(line);
        }
        catch (IOException)
        {
            Signals.KillThisProcess();   // nobody listens any more
        }
    }
}
