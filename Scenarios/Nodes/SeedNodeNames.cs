using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Nodes;

/// <summary>
/// The addresses of a file's seed nodes, in its order. A name may get its address later, as those of containers do: a
/// node starts once a quorum has addresses, and the other names are asked for again while it runs.
/// </summary>
internal sealed class SeedNodeNames(NetworkFile file, NameLookUp lookUp)
{
    private readonly NodeAddress[] addresses =
        [.. file.SeedNodes.Select((written, place) => NodeAddress.Unresolved(place, written.Port))];

    /// <summary>A name without an address yet has a placeholder: <see cref="NodeAddress.IsUnresolved"/>.</summary>
    public IReadOnlyList<NodeAddress> Addresses => addresses;

    public bool AreAllKnown => !Array.Exists(addresses, address => address.IsUnresolved);

    private IEnumerable<int> Unknown => Enumerable.Range(0, addresses.Length)
        .Where(place => addresses[place].IsUnresolved);

    /// <summary>Asks for all names until enough of them have addresses.</summary>
    /// <param name="quorum">How many are needed.</param>
    /// <param name="areEnough">What else must hold for the known ones, if it can.</param>
    /// <param name="warnings">Gets one line when it goes on without some.</param>
    /// <exception cref="UsageException">A name is malformed, or two lines name one seed node.</exception>
    /// <exception cref="EnvironmentException">There is no quorum of addresses after all patience.</exception>
    public async Task FindAsync(
        int quorum, Predicate<IReadOnlyList<NodeAddress>> areEnough, TextWriter warnings, CancellationToken cancel)
    {
        for (int place = 0; place < addresses.Length; place++)
        {
            var (host, port, where) = file.SeedNodes[place];
            if (HostNames.TryRead(host, where, out uint number)) addresses[place] = new NodeAddress(number, port);
        }

        RequireDifferent();
        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        impatience.CancelAfter(lookUp.Patience);
        for (var pause = lookUp.FirstPause; !AreAllKnown; pause = lookUp.PauseAfter(pause))
        {
            await AskAllAsync(impatience.Token);
            RequireDifferent();
            if (addresses.Length - Unknown.Count() >= quorum && areEnough(addresses)) break;
            if (impatience.IsCancellationRequested) break;
            await Task.Delay(pause, impatience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancel.ThrowIfCancellationRequested();
        Conclude(quorum, warnings);
    }

    /// <summary>Asks again for the names without an address, each until it has one.</summary>
    /// <param name="take">Takes an address for a place in the list; says why not, or null.</param>
    /// <param name="say">Gets a line for each name, from any thread.</param>
    public Task FollowAsync(
        Func<NodeAddress, int, string?> take, Action<string> say, CancellationToken cancel) =>
        Task.WhenAll(Unknown.ToList().Select(place => FollowAsync(place, take, say, cancel)));

    private async Task FollowAsync(
        int place, Func<NodeAddress, int, string?> take, Action<string> say, CancellationToken cancel)
    {
        var written = file.SeedNodes[place];
        uint? host = null;
        for (var pause = lookUp.FirstPause; host is null; pause = lookUp.PauseAfter(pause))
        {
            await Task.Delay(pause, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancel.IsCancellationRequested) return;
            host = (await AskAsync(written.Host, cancel)).Host;
        }

        var found = new NodeAddress(host.Value, written.Port);
        string? wrong;
        lock (addresses)
        {
            wrong = WhyTwice(found) ?? take(found, place);
            if (wrong is null) addresses[place] = found;
        }

        say(wrong is null
            ? $"{written.Place}: {written} has the address {found} now"
            : $"{written.Place}: {written} has the address {found} now and is left out: {wrong}");
    }

    private async Task AskAllAsync(CancellationToken cancel)
    {
        await Task.WhenAll(Unknown.ToList().Select(async place =>
        {
            var (host, port, where) = file.SeedNodes[place];
            if (HostNames.OrNotIPv6(await AskAsync(host, cancel), host, where) is { } found)
                addresses[place] = new NodeAddress(found, port);
        }));
    }

    private async Task<FoundAddress> AskAsync(string host, CancellationToken cancel)
    {
        try
        {
            // A server that does not answer must not hold up longer than the patience for it.
            return await lookUp.FindAsync(host, cancel).WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            return default;
        }
    }

    private void Conclude(int quorum, TextWriter warnings)
    {
        int known = addresses.Length - Unknown.Count();
        if (known < quorum)
        {
            throw new EnvironmentException(
                $"{file.Name}: {known} of {addresses.Length} seed nodes have an address after"
                + $" {lookUp.Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s, {quorum} are needed;"
                + $" no IPv4 address is known for {string.Join(", ", Unknown.Select(NameAt))}");
        }

        if (AreAllKnown) return;
        warnings.WriteLine(
            $"warning: no IPv4 address is known yet for {string.Join(", ", Unknown.Select(Called))};"
            + " going on with the other seed nodes, and asking again");
    }

    private string NameAt(int place) => $"{file.SeedNodes[place]} ({file.SeedNodes[place].Place})";

    private string Called(int place) =>
        $"{file.SeedNodes[place]} ({file.SeedNodes[place].Place}; {addresses[place]} in the logs)";

    /// <exception cref="UsageException">Two lines name one seed node.</exception>
    private void RequireDifferent()
    {
        for (int later = 0; later < addresses.Length; later++)
        {
            int earlier = Array.IndexOf(addresses, addresses[later]);
            if (earlier == later) continue;
            var (one, other) = (file.SeedNodes[earlier], file.SeedNodes[later]);
            throw new UsageException(
                $"{one.Place} ({one}) and {other.Place} ({other}) name the same seed node {addresses[later]},"
                + " which would vote twice");
        }
    }

    private string? WhyTwice(NodeAddress found) => Array.IndexOf(addresses, found) is >= 0 and var earlier
        ? $"{NameAt(earlier)} names the same seed node, which would vote twice"
        : null;
}
