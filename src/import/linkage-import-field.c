/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-import-field.h"

#include <string.h>

#include "linkage-text.h"

/* The portal's words in the languages that its documentation or its users' guides are known in (field.md, 1.1 and 1.6):
 * English, German and Japanese as documented, the others as its guides and usual translations have them. A heading that
 * is not here is mapped by hand. All in the form of linkage_text_fold_filter (). */
typedef struct
{
  const char *word;
  int meaning;
} Word;

static const Word headings[] = {
  { "customer", LINKAGE_IMPORT_FIELD_CUSTOMER },
  { "customers", LINKAGE_IMPORT_FIELD_CUSTOMER },
  { "customer name", LINKAGE_IMPORT_FIELD_CUSTOMER },
  { "name", LINKAGE_IMPORT_FIELD_CUSTOMER },
  { "kunde", LINKAGE_IMPORT_FIELD_CUSTOMER },
  { "kunden", LINKAGE_IMPORT_FIELD_CUSTOMER },
  { "kundenname", LINKAGE_IMPORT_FIELD_CUSTOMER },
  { "client", LINKAGE_IMPORT_FIELD_CUSTOMER },
  { "clients", LINKAGE_IMPORT_FIELD_CUSTOMER },
  { "cliente", LINKAGE_IMPORT_FIELD_CUSTOMER },
  { "clientes", LINKAGE_IMPORT_FIELD_CUSTOMER },
  { "clienti", LINKAGE_IMPORT_FIELD_CUSTOMER },
  { "顧客", LINKAGE_IMPORT_FIELD_CUSTOMER },
  { "顧客名", LINKAGE_IMPORT_FIELD_CUSTOMER },
  { "客户", LINKAGE_IMPORT_FIELD_CUSTOMER },
  { "客户名称", LINKAGE_IMPORT_FIELD_CUSTOMER },
  { "action", LINKAGE_IMPORT_FIELD_ACTIONS },
  { "actions", LINKAGE_IMPORT_FIELD_ACTIONS },
  { "aktion", LINKAGE_IMPORT_FIELD_ACTIONS },
  { "aktionen", LINKAGE_IMPORT_FIELD_ACTIONS },
  { "acciones", LINKAGE_IMPORT_FIELD_ACTIONS },
  { "acoes", LINKAGE_IMPORT_FIELD_ACTIONS },
  { "azioni", LINKAGE_IMPORT_FIELD_ACTIONS },
  { "アクション", LINKAGE_IMPORT_FIELD_ACTIONS },
  { "操作", LINKAGE_IMPORT_FIELD_ACTIONS },
  { "status", LINKAGE_IMPORT_FIELD_STATUS },
  { "statut", LINKAGE_IMPORT_FIELD_STATUS },
  { "estado", LINKAGE_IMPORT_FIELD_STATUS },
  { "estatus", LINKAGE_IMPORT_FIELD_STATUS },
  { "situacao", LINKAGE_IMPORT_FIELD_STATUS },
  { "stato", LINKAGE_IMPORT_FIELD_STATUS },
  { "ステータス", LINKAGE_IMPORT_FIELD_STATUS },
  { "状态", LINKAGE_IMPORT_FIELD_STATUS },
  { "email", LINKAGE_IMPORT_FIELD_EMAIL },
  { "e-mail", LINKAGE_IMPORT_FIELD_EMAIL },
  { "customer contact", LINKAGE_IMPORT_FIELD_EMAIL },
  { "contact", LINKAGE_IMPORT_FIELD_EMAIL },
  { "courriel", LINKAGE_IMPORT_FIELD_EMAIL },
  { "adresse e-mail", LINKAGE_IMPORT_FIELD_EMAIL },
  { "correo electronico", LINKAGE_IMPORT_FIELD_EMAIL },
  { "eメール", LINKAGE_IMPORT_FIELD_EMAIL },
  { "メール", LINKAGE_IMPORT_FIELD_EMAIL },
  { "电子邮件", LINKAGE_IMPORT_FIELD_EMAIL },
  { "date", LINKAGE_IMPORT_FIELD_DATE },
  { "request date", LINKAGE_IMPORT_FIELD_DATE },
  { "datum", LINKAGE_IMPORT_FIELD_DATE },
  { "fecha", LINKAGE_IMPORT_FIELD_DATE },
  { "data", LINKAGE_IMPORT_FIELD_DATE },
  { "日付", LINKAGE_IMPORT_FIELD_DATE },
  { "日期", LINKAGE_IMPORT_FIELD_DATE },
  { "comment", LINKAGE_IMPORT_FIELD_COMMENTS },
  { "comments", LINKAGE_IMPORT_FIELD_COMMENTS },
  { "kommentar", LINKAGE_IMPORT_FIELD_COMMENTS },
  { "kommentare", LINKAGE_IMPORT_FIELD_COMMENTS },
  { "commentaire", LINKAGE_IMPORT_FIELD_COMMENTS },
  { "commentaires", LINKAGE_IMPORT_FIELD_COMMENTS },
  { "comentarios", LINKAGE_IMPORT_FIELD_COMMENTS },
  { "commenti", LINKAGE_IMPORT_FIELD_COMMENTS },
  { "コメント", LINKAGE_IMPORT_FIELD_COMMENTS },
  { "备注", LINKAGE_IMPORT_FIELD_COMMENTS },
  { "评论", LINKAGE_IMPORT_FIELD_COMMENTS },
  { "注释", LINKAGE_IMPORT_FIELD_COMMENTS },
};

static const Word statuses[] = {
  { "suggested", LINKAGE_STATUS_SUGGESTED }, { "suggestion", LINKAGE_STATUS_SUGGESTED },
  { "pending", LINKAGE_STATUS_PENDING },     { "ausstehend", LINKAGE_STATUS_PENDING },
  { "offen", LINKAGE_STATUS_PENDING },       { "en attente", LINKAGE_STATUS_PENDING },
  { "pendiente", LINKAGE_STATUS_PENDING },   { "pendente", LINKAGE_STATUS_PENDING },
  { "in sospeso", LINKAGE_STATUS_PENDING },  { "保留中", LINKAGE_STATUS_PENDING },
  { "承認待ち", LINKAGE_STATUS_PENDING },    { "待处理", LINKAGE_STATUS_PENDING },
  { "待定", LINKAGE_STATUS_PENDING },        { "approved", LINKAGE_STATUS_APPROVED },
  { "accepted", LINKAGE_STATUS_APPROVED },   { "genehmigt", LINKAGE_STATUS_APPROVED },
  { "approuve", LINKAGE_STATUS_APPROVED },   { "approuvee", LINKAGE_STATUS_APPROVED },
  { "aprobado", LINKAGE_STATUS_APPROVED },   { "aprobada", LINKAGE_STATUS_APPROVED },
  { "aprovado", LINKAGE_STATUS_APPROVED },   { "aprovada", LINKAGE_STATUS_APPROVED },
  { "approvato", LINKAGE_STATUS_APPROVED },  { "承認済み", LINKAGE_STATUS_APPROVED },
  { "承認済", LINKAGE_STATUS_APPROVED },     { "承認", LINKAGE_STATUS_APPROVED },
  { "已批准", LINKAGE_STATUS_APPROVED },     { "expired", LINKAGE_STATUS_EXPIRED },
  { "abgelaufen", LINKAGE_STATUS_EXPIRED },  { "expire", LINKAGE_STATUS_EXPIRED },
  { "expiree", LINKAGE_STATUS_EXPIRED },     { "caducado", LINKAGE_STATUS_EXPIRED },
  { "caducada", LINKAGE_STATUS_EXPIRED },    { "vencido", LINKAGE_STATUS_EXPIRED },
  { "vencida", LINKAGE_STATUS_EXPIRED },     { "expirado", LINKAGE_STATUS_EXPIRED },
  { "expirada", LINKAGE_STATUS_EXPIRED },    { "scaduto", LINKAGE_STATUS_EXPIRED },
  { "期限切れ", LINKAGE_STATUS_EXPIRED },    { "失効", LINKAGE_STATUS_EXPIRED },
  { "已过期", LINKAGE_STATUS_EXPIRED },      { "rejected", LINKAGE_STATUS_REJECTED },
  { "abgelehnt", LINKAGE_STATUS_REJECTED },  { "rejete", LINKAGE_STATUS_REJECTED },
  { "rejetee", LINKAGE_STATUS_REJECTED },    { "refuse", LINKAGE_STATUS_REJECTED },
  { "refusee", LINKAGE_STATUS_REJECTED },    { "rechazado", LINKAGE_STATUS_REJECTED },
  { "rechazada", LINKAGE_STATUS_REJECTED },  { "rejeitado", LINKAGE_STATUS_REJECTED },
  { "rejeitada", LINKAGE_STATUS_REJECTED },  { "rifiutato", LINKAGE_STATUS_REJECTED },
  { "却下", LINKAGE_STATUS_REJECTED },       { "却下済み", LINKAGE_STATUS_REJECTED },
  { "已拒绝", LINKAGE_STATUS_REJECTED },
};

static const Word connects[] = {
  { "connect", TRUE },  { "verbinden", TRUE }, { "se connecter", TRUE }, { "connecter", TRUE },
  { "conectar", TRUE }, { "connetti", TRUE },  { "接続", TRUE },         { "连接", TRUE },
};

static const Word systems[] = {
  { "system initiated", TRUE },
  { "vom system initiiert", TRUE },
  { "vom system eingeleitet", TRUE },
  { "systeminitiiert", TRUE },
  { "システムによって開始された", TRUE },
  { "initie par le systeme", TRUE },
  { "iniciado por el sistema", TRUE },
  { "iniciado pelo sistema", TRUE },
  { "系统启动", TRUE },
  { "系统发起", TRUE },
};

static gsize headings_index, statuses_index, connects_index, systems_index;

/* Folded word → its meaning; made when it is first asked for, and kept. */
static GHashTable *
make_index (const Word *words, gsize n_words)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < n_words; i++)
    g_hash_table_insert (index, linkage_text_fold_filter (words[i].word), GINT_TO_POINTER (words[i].meaning));

  return index;
}

static int
look_up (gsize *index, const Word *words, gsize n_words, const char *text, int otherwise)
{
  g_autofree char *folded = linkage_text_fold_filter (text);
  gpointer meaning = NULL;

  if (g_once_init_enter (index))
    g_once_init_leave (index, (gsize)make_index (words, n_words));

  return g_hash_table_lookup_extended ((GHashTable *)*index, folded, NULL, &meaning) ? GPOINTER_TO_INT (meaning)
                                                                                     : otherwise;
}

/**
 * linkage_import_field_from_heading:
 * @heading: a column's heading in any known language
 *
 * Returns: the field, %LINKAGE_IMPORT_FIELD_NONE when it is not known
 */
LinkageImportField
linkage_import_field_from_heading (const char *heading)
{
  return look_up (&headings_index, headings, G_N_ELEMENTS (headings), heading, LINKAGE_IMPORT_FIELD_NONE);
}

static const char *const field_names[LINKAGE_IMPORT_N_FIELDS] = {
  "none", "customer", "actions", "status", "email", "date", "comments",
};

/**
 * linkage_import_field_to_string:
 *
 * Returns: the name under which a mapping is remembered
 */
const char *
linkage_import_field_to_string (LinkageImportField field)
{
  g_return_val_if_fail ((guint)field < LINKAGE_IMPORT_N_FIELDS, field_names[0]);

  return field_names[field];
}

/**
 * linkage_import_field_from_string:
 * @string: (nullable): a name of linkage_import_field_to_string()
 *
 * Returns: the field, %LINKAGE_IMPORT_FIELD_NONE for any other name
 */
LinkageImportField
linkage_import_field_from_string (const char *string)
{
  for (guint i = 0; string != NULL && i < LINKAGE_IMPORT_N_FIELDS; i++)
    {
      if (g_str_equal (string, field_names[i]))
        return i;
    }

  return LINKAGE_IMPORT_FIELD_NONE;
}

/**
 * linkage_import_status_from_word:
 * @word: what the status column says, in any known language
 *
 * Returns: the status, %LINKAGE_STATUS_UNKNOWN for another word
 */
LinkageStatus
linkage_import_status_from_word (const char *word)
{
  return look_up (&statuses_index, statuses, G_N_ELEMENTS (statuses), word, LINKAGE_STATUS_UNKNOWN);
}

/**
 * linkage_import_is_connect_word:
 * @word: what the actions column says
 *
 * Returns: whether it is the name of the Connect icon, which only suggestions have
 */
gboolean
linkage_import_is_connect_word (const char *word)
{
  return look_up (&connects_index, connects, G_N_ELEMENTS (connects), word, FALSE);
}

/**
 * linkage_import_is_system_initiated:
 * @text: what the e-mail column says
 *
 * Returns: whether it is the portal's "[system initiated]", which requests from suggestions have
 */
gboolean
linkage_import_is_system_initiated (const char *text)
{
  g_autofree char *copy = g_strdup (text);
  char *inner = g_strstrip (copy);
  gsize length = strlen (inner);

  if (length < 2 || inner[0] != '[' || inner[length - 1] != ']')
    return FALSE;

  inner[length - 1] = '\0';

  return look_up (&systems_index, systems, G_N_ELEMENTS (systems), inner + 1, FALSE);
}
