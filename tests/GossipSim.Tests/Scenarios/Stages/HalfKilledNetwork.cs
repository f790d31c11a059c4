using System.Net;
using System.Net.Sockets;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Tests.Scenarios.Stages;

/// <summary>
/// Where a peer is killed somebody goes on to accept connections, and says nothing. Seed nodes die as they should.
/// </summary>
internal sealed class HalfKilledNetwork(IHostedNetwork right, Predicate<NodeAddress> isHalfKilled) : IHostedNetwork
{
    private readonly List<TcpListener> undead = [];

    public Instant Now => right.Now;

    public TrafficCounters Counters => right.Counters;

    public IReadOnlyList<SentKind> SentByKind => right.SentByKind;

    public long ResidentBytesOfProcesses => right.ResidentBytesOfProcesses;

    public Task<InternalError> Broken => right.Broken;

    public event Action<InternalError>? Failed
    {
        add => right.Failed += value;
        remove => right.Failed -= value;
    }

    public async Task CrashAsync(NodeAddress address, string faultId)
    {
        await right.CrashAsync(address, faultId);
        if (!isHalfKilled(address)) return;
        var listener = new TcpListener(IPAddress.Parse(address.HostText), address.Port);
        listener.Start();
        undead.Add(listener);
    }

    public Task OpenAsync() => right.OpenAsync();

    public Task OpenAsync(IEnumerable<NodeAddress> addresses) => right.OpenAsync(addresses);

    public Task StartAsync(NodeAddress address) => right.StartAsync(address);

    public Task RestartAsync(NodeAddress address, DiskAtRestart disk = DiskAtRestart.Kept) =>
        right.RestartAsync(address, disk);

    public void Pause(NodeAddress address) => right.Pause(address);

    public void Resume(NodeAddress address) => right.Resume(address);

    public void Inject(NodeAddress address, ProtocolTimer timer) => right.Inject(address, timer);

    public void Tell(NodeAddress address, Message message) => right.Tell(address, message);

    public Task CutOffAsync(
        NodeAddress address, IEnumerable<NodeAddress> unreached, IEnumerable<NodeAddress> unheard) =>
        right.CutOffAsync(address, unreached, unheard);

    public void SetWeather(NodeAddress address, NodeWeather weather) => right.SetWeather(address, weather);

    public void SlowDown(NodeAddress address, string? processingDelay) => right.SlowDown(address, processingDelay);

    public void SkewClock(NodeAddress address, TimeSpan offset, double driftPpm) =>
        right.SkewClock(address, offset, driftPpm);

    public bool IsRunning(NodeAddress address) => right.IsRunning(address);

    public int TableEntriesAt(NodeAddress address) => right.TableEntriesAt(address);

    public Task StopAsync() => right.StopAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in undead) listener.Dispose();
        await right.DisposeAsync();
    }
}
