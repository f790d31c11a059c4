namespace GossipSim.RealNet.Security;

/// <summary>
/// Reads the shared keys of a folder again whenever their file changes, so that <c>keys rotate</c> reaches running
/// nodes. A file that cannot be read, or is wrong, changes nothing.
/// </summary>
public sealed class KeyWatch : IDisposable
{
    /// <summary>Our choice: sooner than anybody goes on to the next step by hand.</summary>
    private static readonly TimeSpan interval = TimeSpan.FromSeconds(1);

    private readonly KeyFolder folder;
    private readonly KeyRing ring;
    private readonly Action<string> tell;
    private readonly Lock gate = new();
    private readonly Timer timer;
    private DateTime seen;

    /// <param name="tell">Gets what happened in words; from any thread.</param>
    public KeyWatch(KeyFolder folder, KeyRing ring, Action<string> tell)
    {
        (this.folder, this.ring, this.tell) = (folder, ring, tell);
        seen = File.GetLastWriteTimeUtc(folder.SharedKeys);
        timer = new Timer(_ => Look(), null, interval, interval);
    }

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        lock (gate)
        {
            var written = File.GetLastWriteTimeUtc(folder.SharedKeys);
            if (written == seen) return;
            seen = written;
            try
            {
                var keys = folder.ReadShared();
                ring.Replace(keys);
                tell($"shared keys read again, the first one is used: {string.Join(", ", keys.Select(key => key.Id))}");
            }
            catch (KeyFileException wrong)
            {
                tell($"shared keys not read again: {wrong.Message}");
            }
        }
    }
}
