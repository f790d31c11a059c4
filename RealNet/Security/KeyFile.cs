using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GossipSim.RealNet.Security;

/// <summary>
/// Reads and writes single files of keys, with errors that name the file. What is secret is readable for its owner
/// only, and believed only when it is.
/// </summary>
internal static class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const int LongestBytes = 64 * 1024;

    public static void RequireAbsent(params IEnumerable<string> files)
    {
        if (files.FirstOrDefault(File.Exists) is { } there)
            throw new KeyFileException($"{there} exists, and keys are not overwritten; choose another folder");
    }

    /// <summary>
    /// Files that belong together: what a full disk cuts short would be of no use, and in the way of the next try.
    /// </summary>
    /// <param name="files">None of them is there yet.</param>
    public static void AllOrNothing(IReadOnlyList<string> files, Action write)
    {
        var folders = files.Select(file => Path.GetDirectoryName(file)!).SelectMany(MissingFolders).Distinct().ToList();
        try
        {
            write();
        }
        catch (KeyFileException wrong) when (!wrong.IsMistake)
        {
            foreach (var file in files.Where(File.Exists)) Try(file, () => File.Delete(file));
            foreach (var folder in folders.OrderByDescending(folder => folder.Length).Where(Directory.Exists))
                Try(folder, () => Directory.Delete(folder));
            throw new KeyFileException(
                $"{wrong.Message}; nothing of it was kept: mend that, or choose another folder", isMistake: false);
        }
    }

    private static IEnumerable<string> MissingFolders(string? folder)
    {
        for (; folder is not null && !Path.Exists(folder); folder = Path.GetDirectoryName(folder)) yield return folder;
    }

    /// <summary>Writes a secret.</summary>
    public static void Write(string file, string text) => Write(file, text, OwnerOnly);

    public static void WritePublic(string file, string text) =>
        Write(file, text, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

    /// <summary>In one step: who reads meanwhile finds the old keys or the new ones.</summary>
    public static void WriteShared(string file, IReadOnlyList<SharedKey> keys)
    {
        var next = file + ".next";
        Try(file, () => File.Delete(next));
        Write(next, string.Concat(keys.Select(key => key.ToText() + "\n")));
        Try(file, () => File.Move(next, file, overwrite: true));
    }

    public static IReadOnlyList<SharedKey> ReadShared(string file)
    {
        var lines = ReadSecret(file).Split('\n').Select(line => line.Trim()).ToList();
        var keys = new List<SharedKey>();
        for (var index = 0; index < lines.Count; index++)
        {
            if (lines[index].Length == 0 || lines[index].StartsWith('#')) continue;
            keys.Add(SharedKey.Parse(lines[index]) ?? throw new KeyFileException(
                $"{file}:{index + 1}: no key; a key is 43 characters of base64url, as \"keys create\" makes it"));
        }

        try
        {
            return new KeyRing(keys).Keys;
        }
        catch (ArgumentException wrong)
        {
            throw new KeyFileException($"{file}: {wrong.Message}");
        }
    }

    public static X509Certificate2 ReadCertificate(string file)
    {
        try
        {
            return X509Certificate2.CreateFromPem(Read(file));
        }
        catch (CryptographicException wrong)
        {
            throw new KeyFileException($"{file}: no certificate ({wrong.Message.TrimEnd('.')})");
        }
    }

    /// <summary>A certificate with the private key that belongs to it.</summary>
    public static X509Certificate2 ReadPair(string certificateFile, string keyFile)
    {
        using var certificate = ReadCertificate(certificateFile);
        var secret = ReadSecret(keyFile);
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(secret);
            return certificate.CopyWithPrivateKey(key);
        }
        catch (Exception wrong) when (wrong is CryptographicException or ArgumentException)
        {
            throw new KeyFileException($"{keyFile}: not the private key of {certificateFile}");
        }
    }

    private static string ReadSecret(string file)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(file) && (File.GetUnixFileMode(file) & Others) != 0)
            throw new KeyFileException($"{file} can be read by other users of this machine; chmod 600 \"{file}\"");
        return Read(file);
    }

    private static string Read(string file)
    {
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > LongestBytes })
                throw new KeyFileException($"{file} is too long for a file of keys");
            return File.ReadAllText(file);
        }
        catch (Exception wrong) when (wrong is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KeyFileException($"{file} does not exist; \"gossipsim keys create\" makes keys");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"cannot read {file}: {wrong.Message.TrimEnd('.')}", isMistake: false);
        }
    }

    private static void Write(string file, string text, UnixFileMode mode) => Try(file, () =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
        using var writer = new StreamWriter(file, options);
        writer.Write(text);
    });

    private static void Try(string file, Action write)
    {
        try
        {
            write();
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"cannot write {file}: {wrong.Message.TrimEnd('.')}", isMistake: false);
        }
    }
}
